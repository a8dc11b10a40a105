"""
The addresses of signing in, under /desk/.

Allauth's views under our addresses, by the names it looks for. What it offers and we do not
(sign-up, mail addresses as accounts) has none.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from broadsheet.accounts.views import instead, inviting, own, signing_in

_entrance = [
    path("login/", signing_in.SignIn.as_view(), name="account_login"),
    path("login/code/", second_step.authenticate, name="mfa_authenticate"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/closed/", signing_in.left, name="account_inactive"),
    path("logout/", account.logout, name="account_logout"),
    path("password_reset/", account.password_reset, name="account_reset_password"),
    path("password_reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password_reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password_reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("invitation/<str:token>/", inviting.accept, name="accounts_accept"),
    path("signed-in/", own.signed_in, name="accounts_signed_in"),
    path("signed-in/again/", own.back, name="accounts_back"),
]

_own = [
    path("", own.overview, name="mfa_index"),
    path("sessions/<int:pk>/end/", own.end_session, name="accounts_end_session"),
    path("sessions/end-others/", own.end_other_sessions, name="accounts_end_other_sessions"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", own.overview, name="mfa_list_webauthn"),
    path("passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]

# Wagtail's own pages for people, and what it can do to several at once: not for anybody.
_instead = [
    re_path(r"^users/", instead.people),
    re_path(r"^groups/", instead.people),
    re_path(r"^bulk/auth/", instead.people),
]

urlpatterns = [*_entrance, *_instead, path("security/", include(_own))]
