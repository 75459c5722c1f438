// Prompts in our own words, about "they" for the person who harms (topics: domain.md 13).
extension Instrument {
    static let dash = numbered(adult)

    static let police = numbered(adult + [
        (.stepChildren, "Are there stepchildren in the household?"),
        (.childHarm, "Have they ever hurt a child or threatened to?"),
        (.dependants, "Have they ever hurt or threatened somebody else who depends on you?"),
    ])

    private static let adult: [(RiskTopic, String)] = [
        (.injury, "Were you hurt in what happened most recently?"),
        (.fear, "Are you very frightened?"),
        (.fearedHarm, "Are you afraid of further harm, to you or to someone else?"),
        (.isolation, "Do you feel cut off from family or friends?"),
        (.lowMood, "Are you feeling very low, or having thoughts of suicide?"),
        (.separation, "Have you separated, or tried to, in the past year?"),
        (.childContact, "Is there conflict over contact with children?"),
        (.following, "Do they keep contacting, following or watching you?"),
        (.pregnancy, "Are you pregnant, or had a baby in the past 18 months?"),
        (.moreOften, "Is the abuse happening more often?"),
        (.worse, "Is the abuse getting worse?"),
        (.control, "Do they try to control what you do, or are they very jealous?"),
        (.weapons, "Have they ever used a weapon or an object to hurt you?"),
        (.threatsToKill, "Have they threatened to kill you or someone else, and did you believe it?"),
        (.choking, "Have they ever tried to choke, smother or drown you?"),
        (.sexualHarm, "Do they do or say sexual things that hurt you or make you feel bad?"),
        (.otherPeople, "Has anyone else threatened you, or are you afraid of anyone else?"),
        (.hurtOthers, "Have they hurt anyone else: children, relatives, a former partner?"),
        (.animals, "Have they ever mistreated an animal or a pet?"),
        (.money, "Are there money problems, or do you depend on them for money?"),
        (.substancesOrHealth, "Have they had problems with drink, drugs or mental health in the past year?"),
        (.suicideThreats, "Have they ever threatened or tried suicide?"),
        (.brokenOrders, "Have they ever broken bail, an injunction or a contact agreement?"),
        (.policeTrouble, "Have they ever been in trouble with the police?"),
    ]

    /// For how often, and so without what can only be yes or no.
    static let frequencies = numbered([
        (.control, "Do they tell you what you may do, wear or spend your time on?"),
        (.control, "Do they check your telephone, messages or where you are?"),
        (.control, "Are they jealous, or do they accuse you of seeing others?"),
        (.isolation, "Do they keep you from seeing family or friends?"),
        (.money, "Do they decide about your money, or keep you short of it?"),
        (.fear, "Do you do things because you are afraid of what happens if you don’t?"),
        (.fearedHarm, "Are you afraid that they will hurt you or someone else?"),
        (.following, "Do they contact, follow or watch you when you don’t want them to?"),
        (.injury, "Do they hit, kick, push or hurt you?"),
        (.weapons, "Do they use things or weapons to hurt or frighten you?"),
        (.choking, "Do they put hands or anything else around your neck, or stop you breathing?"),
        (.sexualHarm, "Do they make you do sexual things that you don’t want?"),
        (.threatsToKill, "Do they threaten to kill you or someone else?"),
        (.suicideThreats, "Do they say that they will harm or kill themselves?"),
        (.hurtOthers, "Do they hurt or threaten children or others close to you?"),
        (.animals, "Do they hurt or threaten animals or pets?"),
        (.childContact, "Do they use children, or contact with them, to get at you?"),
        (.lowMood, "Do you feel hopeless, or think of ending your life?"),
    ])

    static let young = numbered([
        (.injury, "Did the last thing that happened leave you hurt?"),
        (.fear, "Are you really scared?"),
        (.fearedHarm, "What are you scared might happen, to you or to somebody else: is it serious?"),
        (.isolation, "Do you feel cut off from your family or your friends, at home, at school or online?"),
        (.lowMood, "Do you feel very low, hurt yourself, or think about not being here?"),
        (.separation, "Have you split up, or tried to, in the past year?"),
        (.childContact, "Do you have a child together, and is there trouble about seeing them?"),
        (.following, "Do they keep messaging, following or waiting for you, or watch you through your phone?"),
        (.pregnancy, "Are you pregnant, might you be, or do you have a baby?"),
        (.moreOften, "Is it happening more often?"),
        (.worse, "Is it getting worse?"),
        (.control, "Do they try to decide what you do, wear or post, or who you talk to?"),
        (.weapons, "Have they used a weapon or thrown or used things to hurt you?"),
        (.threatsToKill, "Have they said that they will kill you or somebody else, and did you believe it?"),
        (.choking, "Have they ever put their hands round your neck, or stopped you breathing?"),
        (.sexualHarm, "Have they made you do sexual things, send pictures, or do them with other people?"),
        (.otherPeople, "Are there others who threaten you: their friends, a group, your family or theirs?"),
        (.hurtOthers, "Do you know of anybody else they have hurt?"),
        (.animals, "Have they hurt an animal?"),
        (.money, "Do you rely on them for money, a phone, lifts or a place to stay?"),
        (.substancesOrHealth, "Do they have trouble with drink, drugs or their mental health?"),
        (.suicideThreats, "Have they said that they will hurt or kill themselves, or tried to?"),
        (.brokenOrders, "Have they ignored what the police, a court or school told them about leaving you alone?"),
        (.policeTrouble, "Have they been in trouble with the police, or excluded for hurting someone?"),
    ])
}
