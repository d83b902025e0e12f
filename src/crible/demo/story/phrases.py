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
    "Merci, c'est noté. Je t'appelle demain midi pour les tables.",
    "Bien vu pour les horaires, je corrige le planning.",
    "Merci à vous tous, et à celui qui a pensé au thermos.",
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
    "On a eu la visite de la télé locale, ils ont filmé surtout le chien.",
    "Une institutrice à la retraite propose de tenir la permanence du jeudi.",
    "Accrochage verbal avec l'équipe d'en face, fini autour d'un café.",
    "La pluie a eu raison des affiches du rond-point, on recommence lundi.",
    "Trois étudiants sont venus poser des questions très précises sur l'énergie. J'ai séché sur une.",
    "Le local sent la peinture, mais il est présentable.",
    "On manque d'assesseurs pour deux bureaux, je fais un appel sur la liste.",
    "Ma voiture est au garage, quelqu'un peut-il prendre les cartons mercredi ?",
    "Beaucoup de gens disent qu'ils décideront dans l'isoloir.",
    "La maire nous a salués. C'est nouveau.",
    "Les tracts trop longs finissent par terre, les courts dans les poches.",
    "On a retrouvé l'agrafeuse.",
)
MORNINGS = (
    "Bonjour à tous, ce matin :",
    "Bonjour, journée assez calme, à lire en priorité :",
    "Bonjour à toutes et à tous, l'essentiel :",
    "Hello, revue courte, je suis déjà dans le train :",
)
OUTLETS = (
    "Le Courrier des Plaines",
    "L'Hebdo du Rail",
    "Le Matin des Côtes",
    "Radio Canopée",
    "La Gazette de Dijeu",
    "Le Quotidien du Fleuve",
    "L'Écho de Clairmont",
    "Le Soir des Vallées",
    "La Revue des Communes",
    "Canal Estuaire",
    "Le Petit Lannécois",
    "Nouvelles de Colmbach",
)
STORIES = (
    "ouvre sur la réunion de Colmbach, photo correcte, légende gentille.",
    "publie un portrait d'Élise sur trois pages, une seule erreur (elle n'a jamais vécu à Nîmelle).",
    "consacre un éditorial sévère à notre silence sur le chiffrage.",
    "revient sur la note « eau », Antoine y est cité deux fois.",
    "reprend notre communiqué sur l'école presque mot pour mot.",
    "donne Élise à 21 % dans l'ouest, marge d'erreur de trois points.",
    "accueille une tribune de quarante maires ruraux, dont sept qui nous soutiennent sans le dire.",
    "annonce une visite à Wattrebois que nous n'avons jamais prévue.",
    "enquête sur les petits dons en Europe, nous y sommes plutôt à notre avantage.",
    "met un parapluie dans son dessin de une. Camille, tu vas aimer.",
    "compare les programmes sur l'hôpital : le nôtre est jugé « prudent », ce qui est un compliment.",
    "s'amuse de la chaise pliante d'Élise, sans méchanceté.",
    "interroge un maire qui nous confond avec un autre mouvement. Je demande un rectificatif.",
    "raconte une journée avec le comité de Port-Lannec, très beau papier.",
    "publie une lettre de lecteur contre nos affiches, deux lettres pour.",
    "relève que trois candidats promettent le même pont.",
    "fait le compte des absents au débat agricole. Nous y étions.",
    "parle de notre local de Clairmont comme d'un « ancien pressing ». C'est exact.",
    "pose la question du financement des cars. Hélène a la réponse, je l'envoie.",
    "consacre deux pages aux déserts médicaux, avec une carte que nous devrions garder.",
    "cite Antoine sans le nommer (« un proche, le cheveu en bataille »).",
    "reçoit Élise dimanche, l'équipe technique veut passer à 9 h.",
    "estime que la campagne « manque de bruit ». On peut vivre avec.",
    "dresse la liste des parrainages du canton, rien de neuf.",
    "explique la règle des trois tiers mieux que nous.",
    "raille le slogan mais recopie le programme.",
    "a retrouvé l'institutrice d'Élise. Entretien charmant, à partager.",
    "s'inquiète du papier qui manque chez les imprimeurs.",
    "met en ligne un quiz sur les programmes, nous avons une réponse fausse chez eux.",
    "détaille les horaires des bureaux de vote, utile pour les comités.",
    "suit un colleur d'affiches une nuit entière. C'est Rémi, de dos.",
    "note que la salle de Dijeu était « pleine à craquer, chauffage compris ».",
)
ADVICE = (
    "Si on vous appelle : vous prenez le numéro et vous me le donnez.",
    "Rien d'urgent, bonne matinée.",
    "Merci de ne pas commenter en ligne, même pour rire.",
    "On en parle à la réunion de 9 h.",
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
