"""Words of other languages: asking for help, greeting and thanking are understood, all else is told that we read English.

Names of the field are the same in most languages, so what stands among foreign words is still looked for: "was ist RAG?".
"""

from __future__ import annotations

import re

from bot.domain.lookup import words

GREETINGS = frozenset(
    """hallo hola salut bonjour bonsoir moin servus ciao oi olá ola привет здравствуйте hei hej namaste merhaba salam
    ahoj cześć czesc szia やあ こんにちは 你好 您好 안녕 안녕하세요 مرحبا שלום xin chào halo buongiorno aloha""".split()
)
HELP_ASKED = frozenset(
    """hilfe hilf ayuda ayúdame ayudame aide aidez ajuda aiuto pomoc pomocy помощь помоги помогите مساعدة עזרה 帮助 幫助
    ヘルプ 助けて 도움말 도움 yardım yardim hjælp hjälp hjelp ajutor apua hulp segítség bantuan मदद ช่วย trợ giúp βοήθεια
    допомога""".split()
)
THANKS = frozenset(
    """danke dankeschön merci gracias grazie obrigado obrigada спасибо дякую dziękuję dzieki dzięki dank bedankt tack tak
    takk kiitos köszönöm mulțumesc teşekkürler tesekkurler ευχαριστώ شكرا תודה ありがとう 谢谢 謝謝 감사합니다 धन्यवाद arigato
    terima kasih""".split()
)
_COURTESIES = frozenset(
    """bitte schön sehr vielen besten tausend beaucoup bien muchas mil por favor quiero necesito s'il vous plait plaît svp
    ich brauche brauch mir muito molte per favore je veux besoin d'aide j'ai de l'aide wel please""".split()
)
_FOREIGN = frozenset(
    """ich du wie nicht das ist sind und kannst kann wer wo wann warum welche welcher nächste frage fragen mehr bitte
    verstehe sprichst sprechen auf deutsch verdient wird werde werden gibt ein eine einen für über mit
    je tu vous nous pas quoi est sont les des une comment pourquoi quand quelle quel comprends parlez français francais
    c'est qu'est-ce que qui suivante suivant sur avec
    qué cómo cuándo quién por para los las una uno estoy entiendo hablas habla español espanol siguiente pregunta soy
    es el quiero puedo hacer cuál gana cuánto mucho más
    che cosa sono non capisco perché quando come italiano il gli della
    não nao você como qual porque português portugues uma próxima pergunta
    wat hoe niet het een waarom wanneer nederlands
    jak co nie jest czy dlaczego""".split()
)
"""Words that English and the names of the field do not have, or seldom: see below."""
_ALSO_ENGLISH = frozenset("die was war man den hat es el non come sur par les est pas com auf".split())
"""Read as foreign only where another word is."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def _folded(text: str) -> list[str]:
    return [word.strip("!?.,;:\u2026\u00a1\u00bf\"'") for word in text.casefold().split()]


def only_says(text: str, said: frozenset[str]) -> bool:
    """Whether a plain text is one of these words, courtesies aside."""
    typed = [word for word in _folded(text) if word]
    kept = [word for word in typed if word not in _COURTESIES]
    return text in said or (bool(typed) and any(word in said for word in typed) and all(w in said for w in kept))


def is_foreign(text: str) -> bool:
    """Whether a text is written in another language, as far as a few common words tell."""
    letters = [char for char in text if char.isalpha()]
    if letters and sum(not _LATIN.match(char) for char in letters) * 2 >= len(letters):
        return True
    typed = [word for word in _folded(text) if word]
    sure = sum(word in _FOREIGN and word not in _ALSO_ENGLISH for word in typed)
    perhaps = sum(word in _FOREIGN or word in _ALSO_ENGLISH for word in typed)
    return sure > 0 and (perhaps > 1 or 2 * sure >= len(typed))


def named_among(text: str) -> str:
    """What is left of a foreign text: the words in Latin letters that are no common words of another language."""
    common = _FOREIGN | _ALSO_ENGLISH | _COURTESIES | {"un", "le", "la", "de", "der", "en", "a", "di", "du", "o", "i"}
    kept = [word for word in _folded(text) if word not in common]
    return " ".join(part for word in kept for part in words(re.sub(r"[^\x00-\u024f]+", " ", word)) if part.isascii())
