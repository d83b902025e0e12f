import socket
import subprocess
import sys

import pytest

from crible.extract.language import detect


@pytest.mark.parametrize(("code", "text"), [
    ("fr", "Bonjour à tous, voici le compte rendu de la réunion de lundi dernier."),
    ("fr", "BONJOUR À TOUS, VOICI LE COMPTE RENDU DE LA RÉUNION DE LUNDI DERNIER"),
    ("en", "Please find attached the invoice for the month of March, as agreed."),
    ("de", "Anbei finden Sie die Rechnung für den Monat März, wie besprochen."),
    ("ru", "Во вложении находится счёт за март, как мы договорились."),
    ("zh", "附件是三月份的发票，请查收。如有任何问题，请随时与我们联系，谢谢您的合作。"),
    ("", "Bonjour"), ("", ""), ("", "1234 5678 90 -- 12,50 € / 3 %"),
    ("", "\n \n" * 50_000),
])  # fmt: skip
def test_languages(code, text):
    assert detect(text) == code


def test_links_and_figures_do_not_hide_the_words():
    links = "https://ads.example/x?id=8f3a9c&utm=1 12,50 % 4e2f9a0b ///// "
    assert (
        detect(links * 6 + "Vous trouverez ci-joint la facture du mois de mars, comme nous en avions convenu.") == "fr"
    )


def test_nothing_is_fetched(monkeypatch, tmp_path):
    def refuse(*_):
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("FTLANG_CACHE", str(tmp_path))
    assert detect("Où est passé le dossier que je vous avais confié hier soir ?") == "fr"
    assert list(tmp_path.iterdir()) == []


def test_no_downloader_is_loaded():
    asked = "import sys; from crible.extract.language import detect; detect('bonjour ' * 9); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert not {"requests", "urllib3", "asyncio"} & set(found.stdout.split())
