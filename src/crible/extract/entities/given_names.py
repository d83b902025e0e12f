"""Common given names of French and English speakers, folded. Names that are everyday words or places are left out."""

_FRENCH = """
adele adeline adrien agathe agnes aime aimee alain albane alexandra alexandre alexia alexis alice alix aline amandine
amelie anais andre andree ange angelique anna anne annick annie anthony antoine antoinette antonin apolline arlette
armand arnaud arthur astrid aude audrey augustin aurelia aurelie aurelien axel axelle baptiste barbara basile bastien
beatrice benedicte benjamin benoit bernadette bernard berthe bertrand blanche blandine brice brigitte bruno camille
capucine carine carole caroline catherine cecile cedric celestin celia celine chantal charles charline chloe christelle
christian christiane christine christophe claire clara claude claudette claudie claudine clemence clement clementine
clotilde colette coline constance coralie corentin corinne cyprien cyril cyrille damien daniel daniele danielle
danny david deborah delphine denis denise diane didier dominique dorothee edgar edith edmond edouard eleonore eliane
elisa elisabeth elise elodie eloise elsa emeline emeric emile emilie emilien emma emmanuel emmanuelle enzo eric erwan
esteban estelle esther etienne eugene eugenie eva evelyne fabien fabienne fabrice fanny felicie felix ferdinand
fernand flavie flavien francine francis franck francois francoise frederic frederique gabin gabriel gabrielle gael
gaelle gaetan gaspard gaston genevieve geoffrey georges georgette gerald geraldine gerard germain germaine ghislaine
gilbert gilles ginette gisele goncalo gregoire gregory guillaume gustave guy gwenaelle hadrien helene henri henriette
herve hippolyte hubert hugo hugues ines irene isabelle isaure ivan jacqueline jacques jean jeanne jeannine jeremie
jeremy jerome jessica joachim joel joelle johanna jonathan joseph josephine josette josiane jules julia julie julien
juliette justin justine karim karine kevin laetitia laura laure laurence laurent laurie leila lena leo leon leonie
leopold leslie liliane lionel lise loic lola louane louis louise loup luc lucas lucette lucie lucien lucienne ludivine
ludovic lydie madeleine mael maelle maeva magali malika manon manuel marc marcel marcelle margaux margot marguerite
maria marianne marie marine marion marius marlene marthe martine mathieu mathilde mathis matteo matthieu maud maurice
maxence maxime melanie melissa michel michele micheline mickael mireille mohamed monique morgane muriel mylene myriam
nadege nadia nadine natacha nathalie nathan nicolas nicole nina noe noel noemie noah norbert odette odile olga olivier
olympe ophelie oscar pascale patrice patricia patrick paul paule paulette pauline perrine philippe pierre pierrick
quentin rachel rachid raoul raphael raphaelle raymond raymonde regine regis remi remy renaud rene renee richard robert
roger roland rolande romain romane rosalie roxane sabine sabrina salome samia samir samuel sandra sandrine sarah
sebastien serge severine simon simone solange solene sophie stephane stephanie suzanne sylvain sylvia sylviane sylvie
tanguy teddy theo theodore therese thibaud thibault thierry thomas tiphaine tony ugo ulysse valentin valentine valerie
vanessa veronique victor victorien vincent virginie vivien viviane wilfried william xavier yann yannick yasmina
yohan yolande youssef yves yvette yvon yvonne zacharie zoe
"""
_ENGLISH = """
aaron abigail adam adrian aidan alan albert alex alfred alison allan allison amanda amber amy andrea andrew angela
anita ann annabel anthony arnold ashley barry beatrix becky ben bernice beth betty beverly bob bobby bonnie brad
bradley brandon brenda brendan brett brian bridget bruce bryan caleb calvin cameron carl carla carmen carol catherine
cathy charlie cheryl chris christina christopher cindy clive colin connor craig curtis cynthia dale damian darren dave
dean debbie deborah debra dennis derek diana diego donald donna doris dorothy douglas doug duncan dylan edna edward
edwin eileen elaine eleanor elena elizabeth ella ellen ellie emily eric erica erin ernest ethan eugenia evan evelyn
fiona frances francesca fred frederick gareth gary gavin gemma geoff geoffrey george gerry gillian gina glen glenn
gloria gordon graham greg gregory gwen hannah harold harriet harry harvey hazel heather heidi helen henry herbert
hilary holly howard hugh iain ian imogen isaac isabel isabella jack jackie jacob jake james jamie jane janet janice
jason jeff jeffrey jennifer jenny jeremiah jerry jesse jessie jill jim jimmy joan joanna joanne jodie joe john johnny
jon joshua joyce juan judith judy karen kate katherine kathleen kathryn kathy katie keith kelly ken kenneth kerry kim
kirsty kurt kyle larry lauren lawrence leah lee len leonard lewis liam linda lindsay lisa liz lorraine louisa lucy luke
lynn malcolm marcus margaret maria marilyn marjorie martha marvin mary matt matthew maureen megan melinda melvin
michael michelle mike miles mitchell moira molly monica nancy naomi natalie natasha neil nicholas nick nigel noreen
oliver olivia oscar owen pam pamela pat paula peggy penelope penny percy pete peter phil philip phillip phoebe
priscilla rachael ralph randy raymond rebecca reginald rhys ricardo rick ricky rita rob roberta robin rodney ron ronald
rory rosemary ross roy rupert russell ruth ryan sally sam samantha samuel sandy sara scott sean shane shannon sharon
shaun sheila shirley sidney simon sophia spencer stacey stan stanley stella stephen steve steven stewart stuart sue
susan suzy sylvester ted terence teresa terry tim timothy tina toby todd tom tracey tracy trevor tristan valerie vera
vernon vicky vince walter wanda warren wayne wendy wesley yvonne zachary
"""

GIVEN = frozenset(f"{_FRENCH} {_ENGLISH}".split())
"""Folded: no accents, lower case."""
