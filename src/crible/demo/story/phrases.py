"""Sentences that the series pick from."""

PRINTED = (
    "tracts A5 recto verso",
    "affiches 60 x 80",
    "dépliants trois volets",
    "cartes postales",
    "badges autocollants",
    "livrets de seize pages",
    "bandeaux pour les panneaux libres",
)
RECEIVED = (
    "Bonjour, bien reçu, merci. Le règlement part en fin de semaine.",
    "Reçu, merci. C'est transmis au cabinet comptable.",
    "Bonjour Monsieur, merci, c'est conforme au bon de commande.",
    "Merci, je la règle avec la précédente.",
)
THANKS = (
    "Merci pour le retour, c'est précieux. Tiens bon !",
    "Bravo à toute l'équipe. Je fais remonter à Camille.",
    "Super. Tu peux me garder deux personnes pour samedi ?",
    "Merci ! N'oublie pas les reçus d'essence.",
    "Génial. Repose-toi dimanche, c'est un ordre.",
)
HELLOS = (
    "Salut Nadia,",
    "Bonsoir Nadia, voici la semaine en trois lignes.",
    "Hello, rapport du dimanche (en retard, pardon).",
    "Nadia, un mot rapide avant le match.",
    "Bonsoir, tout va bien ici.",
    "Coucou Nadia, le résumé promis.",
)
MARKETS = (
    "Marché de samedi : {count} tracts partis, {people} personnes sur le stand, il a plu à partir de onze heures.",
    "On a écoulé {count} tracts au marché et devant la gare avec {people} bénévoles.",
    "Beau temps, {count} tracts, {people} bénévoles dont trois nouveaux. Le fromager nous garde une place.",
    "Sortie d'usine mardi et marché jeudi, {count} tracts en tout. Nous étions {people}.",
    "Semaine calme : {count} tracts seulement, mais {people} personnes à la réunion de mercredi.",
)
DOORS = (
    "Porte-à-porte : {doors} portes, {talks} vraies conversations.",
    "{doors} portes frappées dans le quartier haut, {talks} fois on nous a fait entrer.",
    "On a terminé la rue des Écoles, {doors} portes. Les gens parlent d'abord du médecin qui part ({talks} fois).",
    "Pour les portes : {doors} faites, {talks} personnes veulent recevoir la lettre.",
)
MOODS = (
    "Le moral est bon, les voix sont cassées.",
    "On nous demande beaucoup la fiche « école », on n'en a plus.",
    "Un monsieur nous a rendu son tract corrigé au stylo rouge, fautes comprises.",
    "Deux personnes veulent prendre des procurations, je leur ai envoyé le lien.",
    "L'affichage tient, sauf devant la poste où ça s'arrache toutes les nuits.",
    "Les gens ne savent pas encore pour qui, mais ils savent qu'ils iront.",
    "Il nous faudrait une deuxième table pliante, la nôtre a rendu l'âme.",
)
MORNINGS = (
    "Bonjour à tous, ce matin :",
    "Bonjour, journée assez calme, à lire en priorité :",
    "Bonjour à toutes et à tous, l'essentiel :",
    "Hello, revue courte, je suis déjà dans le train :",
)
REVIEWS = (
    "Le Courrier des Plaines consacre sa une à la réunion de Colmbach, photo correcte, légende gentille.",
    "Portrait d'Élise dans L'Hebdo du Rail, trois pages, une seule erreur (elle n'a jamais vécu à Nîmelle).",
    "Éditorial sévère du Matin des Côtes sur notre silence à propos du chiffrage.",
    "Radio Canopée passe un débat sur l'eau à 8 h 20, Antoine y est cité deux fois.",
    "La Gazette de Dijeu reprend notre communiqué sur l'école presque mot pour mot.",
    "Un sondage local donne Élise à 21 % dans l'ouest, marge d'erreur de trois points.",
    "Tribune de quarante maires ruraux, dont sept qui nous soutiennent sans le dire.",
    "Le Quotidien du Fleuve annonce une visite à Wattrebois que nous n'avons jamais prévue.",
    "Rien sur nous dans la presse du soir, ce qui est aussi une information.",
    "Longue enquête sur les petits dons en Europe, nous y sommes plutôt à notre avantage.",
    "Dessin de presse avec un parapluie. Camille, tu vas aimer.",
)
ADVICE = (
    "Si on vous appelle : le projet complet le 20 mars, pas avant.",
    "Je rappelle que les demandes passent par moi, même quand elles sont sympathiques.",
    "Pas de réaction de notre part aujourd'hui.",
    "Je réponds à la Gazette, le reste on laisse.",
    "Prochain point à 18 h.",
)
NEWS = (
    (
        "La commission rend son rapport",
        "Le rapport sur la dotation des communes sort jeudi : 214 pages et 38 propositions.",
    ),
    (
        "Les maires en colère",
        "L'association des maires de montagne demande 85 millions d'euros pour les routes d'hiver.",
    ),
    (
        "Un siège vacant",
        "La vice-présidence de la région reste à pourvoir, trois noms circulent et un quatrième se tait.",
    ),
    (
        "Le budget des petites lignes",
        "Les régions chiffrent à 6,4 milliards la remise en état des petites lignes d'ici 2028.",
    ),
    (
        "Une loi à tiroirs",
        "Le texte sur l'eau revient en deuxième lecture avec 412 amendements, dont la moitié sur un seul article.",
    ),
    ("Retour des rapporteurs", "Les rapporteurs de la mission école auditionnent onze syndicats en deux jours."),
    (
        "Ce que disent les caisses",
        "La caisse des retraites publie un excédent de 1,2 milliard, ses lecteurs en tirent deux conclusions opposées.",
    ),
    ("Parole rare", "L'ancien questeur sort de sa réserve et parle d'un « hémicycle fatigué »."),
    (
        "Les ports attendent",
        "Le plan pour les ports moyens glisse encore, faute de 17 millions que chacun croyait chez l'autre.",
    ),
)
HOME_SUBJECTS = ("Relecture", "Dimanche", "Idée pour Colmbach", "Le discours", "Merci", "Fatigue", "Un mot", "Demain")
HOME = (
    "Camille, j'ai relu le discours à voix haute dans la cuisine. Page 4, on ne respire pas. Coupe où tu veux.",
    "Je ne serai pas joignable dimanche avant 18 h, anniversaire de mon père. Après, tout ce que tu veux.",
    "Et si on commençait Colmbach par les questions et qu'on finissait par le discours ?",
    "Garde la phrase sur les mains, enlève celle sur les racines. On a assez de jardinage comme ça.",
    "Je t'ai à peine parlé aujourd'hui. Ce que tu as fait avec les comités est remarquable, voilà, c'est écrit.",
    "Je dors mal. Peux-tu me libérer mardi matin ? Rien de grave.",
    "Réponds à Antoine pour moi : oui à la note sur l'eau, non au petit-déjeuner.",
    "Demain je voudrais marcher jusqu'à la salle. Vingt minutes, sans caméra.",
)
BASKETS = (
    "huile, tomates, deux pains",
    "café, poireaux, comté",
    "vin blanc, lentilles, moutarde",
    "fraises, crème, œufs",
)
