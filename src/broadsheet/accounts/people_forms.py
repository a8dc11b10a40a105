"""The forms with which administrators let people in, and with which those come in."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from broadsheet.accounts.models.rules import Rules
from broadsheet.accounts.people import name_problem
from broadsheet.accounts.ports import staff


class RoleForm(forms.Form):
    """A role, for sections or for the whole paper."""

    role = forms.ChoiceField(label="Role")
    sections = forms.MultipleChoiceField(
        label="Only for these sections",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: for the whole paper.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the newsroom's roles and sections."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(staff().roles())  # type: ignore[attr-defined]
        sections = list(staff().sections())
        if sections:
            self.fields["sections"].choices = sections  # type: ignore[attr-defined]
        else:
            del self.fields["sections"]

    def clean(self) -> dict[str, Any]:
        """
        Return role and sections.

        Raises:
            ValidationError: the role is for the whole paper only.

        """
        cleaned = super().clean() or {}
        role, sections = cleaned.get("role"), cleaned.setdefault("sections", [])
        if role and sections and not staff().is_by_section(role):
            self.add_error("sections", "This role is for the whole paper: tick no section.")
        return cleaned


class InviteForm(RoleForm):
    """Who is invited, and as what."""

    name = forms.CharField(label="Name", max_length=150, help_text="As bylines would have it.")
    email = forms.EmailField(label="Mail address")
    field_order = ("name", "email", "role", "sections")


class RulesForm(forms.ModelForm[Rules]):
    """The paper's rules for signing in."""

    class Meta:
        """All of them."""

        model = Rules
        fields = ("grace_days", "idle_hours", "invitation_days")


class PersonForm(forms.ModelForm[User]):
    """What a person is called, and where mail for them goes."""

    class Meta:
        """Not the name they sign in with, which they know by heart."""

        model = User
        fields = ("first_name", "last_name", "email")
        labels: ClassVar[dict[str, str]] = {"email": "Mail address"}

    def clean_email(self) -> str:
        """
        Return the address.

        Raises:
            ValidationError: somebody else has it.

        """
        email: str = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            message = "Somebody else here has this address."
            raise ValidationError(message)
        return email


class AcceptForm(forms.Form):
    """What an invited person chooses."""

    name = forms.CharField(
        label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label="Name to sign in with",
        max_length=150,
        validators=[User.username_validator],
        help_text="Letters, digits and @ . + - _ only. Your mail address signs you in as well.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        """Keep whose address it is; tell what a password must be."""
        super().__init__(*args, **kwargs)
        self._email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_username(self) -> str:
        """
        Return the name.

        Raises:
            ValidationError: somebody has it, or signs in by it as their mail address.

        """
        name: str = self.cleaned_data["username"]
        if problem := name_problem(name):
            raise ValidationError(problem)
        return name

    def clean(self) -> dict[str, Any]:
        """Return all of it, if the password is good enough for this person."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            person = User(
                username=cleaned.get("username", ""),
                email=self._email,
                last_name=cleaned.get("name", ""),
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
