"""
Knows the words a site puts around every story, in the languages we have met.

Whole lines only, so that prose that mentions a share button stays. Each list is
vocabulary: a new language is a few more words.
"""

import regex

from broadsheet.intake.lines import ends_sentence, words

_LONGEST_WORDS = 14  # furniture is short; a longer line is somebody's sentence


def _listed(table: str) -> frozenset[str]:
    """Return the entries of a table: one between bars or line ends."""
    return frozenset(each.strip() for row in table.split("\n") for each in row.split("|")) - {""}


FURNITURE = _listed(
    """
    connect with us | follow us | find us on | join us | share | share this | share this story
    tweet | pin | post | whatsapp | facebook | twitter | instagram | youtube | telegram | linkedin
    print | email | e-mail | copy link | save | listen | subscribe | subscribe now | sign up
    sign in | log in | login | register | newsletter | menu | search | home | skip to content
    skip to main content | advertisement | advertising | sponsored | promoted | read more
    continue reading | load more | back to top | next | previous | comments | leave a comment
    no comments | leave a reply | click to comment | all rights reserved | privacy policy
    cookie policy | terms of use | contact | contact us | about us | share on facebook
    share on twitter | you must be logged in to post a comment | close | donate | support us
    síguenos | síguenos en | compartir | comparte | imprimir | suscríbete | iniciar sesión | buscar
    inicio | publicidad | anuncio | leer más | seguir leyendo | comentarios | menú | boletín
    suivez-nous | partager | imprimer | s’abonner | s'abonner | se connecter | rechercher | accueil
    publicité | lire la suite | lire plus | commentaires | abonnez-vous | écouter
    folgen sie uns | teilen | drucken | merken | abonnieren | anmelden | suche | startseite
    anzeige | werbung | weiterlesen | mehr lesen | kommentare | zum inhalt springen | merkliste
    siga-nos | compartilhar | partilhar | imprimir | assine | entrar | publicidade | leia mais
    seguici | condividi | stampa | pubblicità | leggi anche | abbonati | cerca
    تابعنا | تابعونا | شارك | مشاركة | طباعة | اشترك | بحث | الرئيسية | إعلان | اقرأ المزيد
    تعليقات | القائمة | تسجيل الدخول
    हमें फ़ॉलो करें | हमसे जुड़ें | शेयर करें | साझा करें | विज्ञापन | और पढ़ें | टिप्पणियाँ | खोजें | होम
    எங்களைப் பின்தொடரவும் | பகிர்க | பகிரவும் | விளம்பரம் | மேலும் படிக்க | கருத்துகள் | தேடல் | முகப்பு
    bizi takip edin | paylaş | reklam | volg ons | delen | подписывайтесь | поделиться | реклама
    """
)

RELATED = _listed(
    """
    trending | trending now | most read | most popular | popular | popular now | related
    related stories | related articles | related topics | related posts
    you may like | you may also like
    more from | more stories | more news | more on this story | more on this topic | read next
    up next | don’t miss | don't miss | latest | latest news | latest stories | recommended
    recommended for you | top stories | editor’s picks | editor's picks | in this story | tags
    tendencias | lo más leído | lo más visto | relacionados | noticias relacionadas | más noticias
    te puede interesar | también te puede interesar | últimas noticias
    tendances | les plus lus | à lire aussi | articles liés | sur le même sujet | à la une
    meistgelesen | mehr zum thema | das könnte sie auch interessieren | auch interessant | themen
    mais lidas | notícias relacionadas | veja também | i più letti | articoli correlati
    الأكثر قراءة | الأكثر تداولا | مواضيع ذات صلة | أخبار ذات صلة | اقرأ أيضا | اقرأ أيضًا
    ट्रेंडिंग | यह भी पढ़ें | संबंधित खबरें | सबसे ज़्यादा पढ़ी गई
    அதிகம் படிக்கப்பட்டவை | தொடர்புடைய செய்திகள் | பிரபலமானவை | மேலும் செய்திகள்
    en çok okunanlar | meest gelezen | читайте также | популярное
    """
)

# Notes that software leaves in a page's foot. They are no sentences; a sentence that says
# what a plant is powered by is the story's.
_PLUGIN = regex.compile(
    r"\bpowered by\b|\bpropulsé par\b|\bfunciona con\b|\bcon la tecnología de\b"
    r"|\bbereitgestellt von\b",
    regex.IGNORECASE,
)
_FOOT = regex.compile(
    r"\ball rights reserved\b|\btodos los derechos\b|\balle rechte vorbehalten\b"
    r"|\btous droits\b|^(?:copyright|©|\(c\))\s*\p{N}{4}|^https?://\S+$"
    r"|^\d+\s+(?:shares?|comments?|views?|likes?)$|جميع الحقوق محفوظة",
    regex.IGNORECASE,
)
_AROUND = " :：»›>▼▾•|#·-–—.…"
_RULES = f"{_AROUND}*_=~+◆■●"  # what a line is drawn with, between parts of a page


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the site, not to the story."""
    if len(words(text)) > _LONGEST_WORDS:
        return False
    if not text.strip(_RULES):
        return True
    is_note = _PLUGIN.search(text) is not None and not ends_sentence(text)
    return is_note or _bare(text) in FURNITURE or _FOOT.search(text) is not None


def opens_related(text: str) -> bool:
    """Say whether a line heads a list of other stories."""
    return _bare(text) in RELATED


def _bare(text: str) -> str:
    return text.strip(_AROUND).casefold()
