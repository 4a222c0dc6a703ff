"""What the sign-in page says, in the languages that it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final = {
    "language": "English",
    "languages": "Language",
    "skip": "Skip to the content",
    "title": "Sign in",
    "heading": "Sign in to {app}",
    "asks": "{app} asks for",
    "own": "your user number, display name, date of birth and language, and a parent's e-mail address",
    "play": "your points, scores and what the app keeps for you",
    "allowed": (
        "nothing else about you, unless a parent has allowed it: "
        "your own e-mail, real name, address, messages"
    ),
    "username": "Name",
    "password": "Password",
    "submit": "Sign in and go on",
    "wrong": "The name or the password is wrong.",
    "next": "You then go on to {place}.",
    "failed": "This sign-in cannot go on",
    "reason": "The app that sent you here has to put this right:",
}
_GERMAN: Final = {
    "language": "Deutsch",
    "languages": "Sprache",
    "skip": "Zum Inhalt springen",
    "title": "Anmelden",
    "heading": "Bei {app} anmelden",
    "asks": "{app} bittet um",
    "own": "deine Nummer, Anzeigenamen, Geburtsdatum und Sprache, und die E-Mail-Adresse eines Elternteils",
    "play": "deine Punkte, deine Ergebnisse und was die App für dich aufhebt",
    "allowed": (
        "sonst nichts über dich, außer deine Eltern haben es erlaubt: "
        "deine E-Mail, deinen richtigen Namen, Adresse, Nachrichten"
    ),
    "username": "Name",
    "password": "Passwort",
    "submit": "Anmelden und weiter",
    "wrong": "Der Name oder das Passwort ist falsch.",
    "next": "Danach geht es weiter zu {place}.",
    "failed": "Diese Anmeldung kann nicht weitergehen",
    "reason": "Die App, von der du kommst, muss das beheben:",
}
_SPANISH: Final = {
    "language": "Español",
    "languages": "Idioma",
    "skip": "Saltar al contenido",
    "title": "Iniciar sesión",
    "heading": "Inicia sesión en {app}",
    "asks": "{app} solicita",
    "own": "tu número, nombre visible, fecha de nacimiento e idioma, y el correo de tu padre o madre",
    "play": "tus puntos, tus marcas y lo que la aplicación guarda para ti",
    "allowed": (
        "nada más sobre ti, salvo lo que tus padres permitan: tu correo, nombre real, dirección, mensajes"
    ),
    "username": "Nombre",
    "password": "Contraseña",
    "submit": "Iniciar sesión y continuar",
    "wrong": "El nombre o la contraseña no son correctos.",
    "next": "Después seguirás en {place}.",
    "failed": "Este inicio de sesión no puede continuar",
    "reason": "Lo tiene que corregir la aplicación de la que vienes:",
}
_FRENCH: Final = {
    "language": "Français",
    "languages": "Langue",
    "skip": "Aller au contenu",
    "title": "Connexion",
    "heading": "Connecte-toi à {app}",
    "asks": "{app} demande",
    "own": "ton numéro, nom affiché, date de naissance et langue, et l'e-mail d'un parent",
    "play": "tes points, tes scores et ce que l'application garde pour toi",
    "allowed": (
        "rien d'autre sur toi, sauf si tes parents l'ont permis : ton e-mail, vrai nom, adresse, messages"
    ),
    "username": "Nom",
    "password": "Mot de passe",
    "submit": "Se connecter et continuer",
    "wrong": "Le nom ou le mot de passe est incorrect.",
    "next": "Tu continues ensuite sur {place}.",
    "failed": "Cette connexion ne peut pas continuer",
    "reason": "L'application d'où tu viens doit corriger ceci :",
}
TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "es": _SPANISH,
    "fr": _FRENCH,
}


def choose_language(asked: str, accepted: str = "") -> str:
    """Return the language to show: the one asked for, the first that the browser accepts, or English."""
    tags = [asked, *(each.partition(";")[0] for each in accepted.split(","))]
    spoken = (tag.strip()[:2].lower() for tag in tags)
    return next((each for each in spoken if each in TEXTS), "en")
