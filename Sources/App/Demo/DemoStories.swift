/// The cases of the cast: those of the last days, and those that have run for some time.
enum DemoStories {
    static func tie(
        _ connection: Connectedness, _ word: String, female: Bool = false, family: Bool = false, apart: Bool = false
    ) -> DemoTie {
        DemoTie(
            connection: connection, word: word, isFemale: female, yearsOlder: 0, isFamily: family, isSeparated: apart)
    }

    static func rule(
        _ channels: [Channel], _ days: [Int], _ from: String, _ until: String, silent: Bool = true
    ) -> SafeContactRule {
        SafeContactRule(channels: channels, days: days, from: from, until: until, silentNumber: silent)
    }

    static func detail(
        word: String = "", not: String = "", story: String = "", note: String = ""
    ) -> SafeContactDetail {
        SafeContactDetail(number: "", codeWord: word, mustNotKnow: not, coverStory: story, note: note)
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> DemoDay { DemoDay(year: year, month: month, day: day) }

    private static let week = [1, 2, 3, 4, 5]

    /// Opened within the last days: clocks that run, clocks that have run out, nobody's cases.
    static let recent: [DemoStory] = [
        DemoStory(
            given: "Ellie-Mae", family: "Tansley", born: day(2001, 8, 19), area: 5,
            perp: ("Kyle", "Rudkin", day(1998, 2, 3)), tie: tie(.intimateRelationship, "boyfriend"),
            traits: [.pregnant, .drink, .police], daysAgo: 1, minute: 1_000, channel: "professional",
            caller: "professional",
            reason: """
                Midwife refers with consent after the 20 week scan. Bruises to both upper arms, partner would not \
                leave the room until asked twice. She says he is worse since the pregnancy. Number is hers but he \
                looks at it. How to reach her was not asked: he came back in.
                """, advice: "Midwife will ask her for a safe time at the clinic on her own.",
            yes: [1, 2, 3, 4, 5, 9, 10, 11, 12, 15, 21, 24], dontKnow: [14, 18], level: "high"),
        DemoStory(
            given: "Żaneta", family: "Nowakowska", born: day(1991, 11, 7), group: .otherWhite, heritage: .polish,
            language: "Polish", needsInterpreter: true, area: 1, perp: ("Marcin", "Nowakowski", day(1988, 4, 30)),
            tie: tie(.married, "husband"), traits: [.children, .money, .work], daysAgo: 1, minute: 1_135,
            channel: "webForm",
            reason:
                "prosze o pomoc. i can not speak at home. he take my card and phone at night. 2 kids. please sms day",
            promised: "A text in Polish tomorrow between ten and noon.",
            rule: rule([.text], week, "10:00", "12:00"), detail: detail(word: "paprika", not: "husband, his brother")),
        DemoStory(
            given: "Rebecca", family: "Ironmonger", born: day(1986, 5, 12), area: 6, formerFamily: "Tebbutt",
            perp: ("Darren", "Ironmonger", day(1983, 1, 9)), tie: tie(.married, "ex-husband", apart: true),
            traits: [.children, .separated, .stalking, .police, .court], daysAgo: 1, minute: 560,
            reason: """
                Left Darren in the spring. He parks across the road from the school, sends forty texts a night, \
                told her mother that nobody else will have her. She rang from the school office. May be rung on \
                Tuesdays and Thursdays before noon only, he has the phone on the other days for the children.
                """, advice: "Police informed with consent. Log kept with the school. Safety tonight talked through.",
            rule: rule([.telephone], [2, 4], "09:00", "12:00"),
            detail: detail(word: "blue bicycle", not: "Darren and his parents", story: "School about the trip money"),
            yes: [2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 17, 22, 23, 24], dontKnow: [13, 18], level: "high",
            worker: DemoStaff.firstIdva),
        DemoStory(
            given: "Comfort", family: "Boateng", born: day(1979, 3, 4), group: .african, heritage: .westAfrican,
            area: 1,
            perp: ("Kofi", "Asante", nil), tie: tie(.intimateRelationship, "partner"), traits: [.work, .money],
            daysAgo: 4,
            minute: 610,
            reason: """
                Partner hit her with a belt on Sunday and locked her in the flat until she had cancelled her shift. \
                Night worker, sleeps mornings. Ring in the afternoon, withhold the number, hang up if a man answers.
                """, advice: "999 and the silent solution. A and E for the wrist.",
            rule: rule([.telephone, .text], week, "13:00", "17:00"),
            detail: detail(not: "partner", story: "Agency about a shift"),
            yes: [1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 20, 21], level: "high", worker: DemoStaff.secondIdva,
            attempts: [
                (28, "telephone", "noAnswer", "allowed", "Rang out, number withheld."),
                (30.5, "text", "messageLeft", "allowed", "Agreed words only."),
                (52, "telephone", "unsafeToTalk", "allowed", "A man answered. Asked for Grace, apologised, hung up."),
                (76, "telephone", "noAnswer", "allowed", "Straight to voicemail, none left."),
            ],
            notes: [
                (
                    4,
                    "Allocated to me. Two windows left before the clock runs out. Will ring Monday to Friday after one."
                ),
                (52.2, "A man answered, calm, asked who was calling. No reason to think he guessed. No text today."),
                (77, "48 hours have gone. Manager told. Asking the hospital whether she came about the wrist."),
            ]),
        DemoStory(
            given: "Shabnam", family: "Akhtar", born: day(1994, 12, 1), group: .pakistani, heritage: .pakistani,
            language: "Urdu", needsInterpreter: true, area: 1, isProtected: true,
            perp: ("Arslan", "Bashir", day(1990, 6, 6)),
            tie: tie(.married, "ex-husband", apart: true),
            traits: [.children, .immigration, .housing, .separated, .money],
            daysAgo: 2, minute: 605, channel: "professional", caller: "professional",
            reason: """
                Children's social worker refers with consent. Left with two little ones and a bag on Friday, \
                staying with a colleague of hers. Visa through the marriage, passport is with his mother. \
                Interpreter needed, not from his town.
                """, advice: "No recourse: section 17 asked for. Concession explained to the social worker.",
            rule: rule([.telephone, .text], [1, 2, 3, 4, 5, 6, 7], "09:00", "20:00"),
            detail: detail(
                not: "his family, the community centre", note: "Book the interpreter by number, never by name"),
            holdsForDays: 26, yes: [2, 3, 4, 5, 6, 7, 10, 12, 17, 20, 24], dontKnow: [14, 16, 22], level: "high",
            basis: "judgement",
            rationale: """
                11 of 24 with three not known (11 to 14). His family are looking for her, she has no papers and no \
                money, and the interpreter says that she answers less than she is asked.
                """, worker: DemoStaff.firstIdva,
            attempts: [(23, "telephone", "spoke", "allowed", "With interpreter by telephone, 40 minutes.")],
            notes: [
                (
                    23.5,
                    """
                    First conversation, with an interpreter by telephone. She cried when told that she would not be \
                    sent away without the children. Solicitor Wednesday. Social care have agreed a room for the week.
                    """
                )
            ]),
        DemoStory(
            given: "Gwendoline", family: "Oldershaw", born: day(1941, 2, 27), area: 3,
            perp: ("Clive", "Oldershaw", day(1966, 10, 10)), tie: tie(.relatives, "son", family: true),
            traits: [.family, .money, .drink], daysAgo: 3, minute: 690, caller: "thirdParty",
            reason: """
                Neighbour rings with Mrs Oldershaw beside her. The son moved back in after his divorce, takes the \
                pension and shouts. She will not have the police. Hearing aid: ring the neighbour's number, who \
                fetches her.
                """, advice: "Not her fault, and not only for young women. Adult social care explained.",
            rule: rule([.telephone, .post], [1, 3, 5], "09:30", "11:30", silent: false),
            detail: detail(
                not: "her son", story: "Chapel about the flowers", note: "Neighbour answers and fetches her"),
            yes: [2, 4, 5, 12, 20, 21], dontKnow: [1, 18, 24], level: "medium", basis: "judgement",
            rationale: "Six yes, three not known, and she is alone with him in the house with a heart condition.",
            worker: DemoStaff.secondIdva,
            attempts: [(23, "telephone", "spoke", "allowed", "Neighbour fetched her. Could talk.")],
            notes: [
                (
                    23.4,
                    "She wants the shouting to stop and the bank book back. Will think about a lock on her own door."
                )
            ]),
        DemoStory(
            given: "Jermaine", family: "Pinnock", isFemale: false, born: day(1985, 7, 7), group: .caribbean,
            heritage: .caribbean, area: 1, perp: ("Leanne", "Copson", day(1987, 3, 21)),
            tie: tie(.parentsOfSameChild, "ex-partner", female: true, apart: true),
            traits: [.children, .separated, .stalking, .work], daysAgo: 5, minute: 1_090,
            reason: """
                Ex-partner scratched his face at the handover and has sent his employer made-up complaints. Nobody \
                took it seriously before, asked twice whether we are for men too. Told him yes.
                """,
            rule: rule(
                [.telephone, .text, .voicemail, .email], [1, 2, 3, 4, 5, 6, 7], "00:00", "24:00", silent: false),
            yes: [1, 2, 5, 6, 7, 8, 10, 21], dontKnow: [22], worker: DemoStaff.secondIdva,
            attempts: [(17, "telephone", "spoke", "allowed", "In his van in the lunch break.")],
            notes: [
                (
                    17.3,
                    "Wants to see his daughter without a scene. Contact centre explained, solicitors' list sent."
                ),
                (66, "Photographs of the scratches sent to police by him. He slept for the first time this week."),
            ]),
        DemoStory(
            given: "Bronwen", family: "Probert", born: day(1989, 9, 30), heritage: .welsh, area: 8,
            perp: ("Gethin", "Vaughan", day(1984, 12, 24)), tie: tie(.intimateRelationship, "partner"),
            traits: [.children, .police, .drink, .work], daysAgo: 6, minute: 875, channel: "professional",
            caller: "professional",
            reason: """
                Officer refers after an arrest on Saturday night, door kicked in. He coaches the under nines and \
                everyone knows him. Bail until the end of the month.
                """, rule: rule([.telephone], week, "12:00", "13:00"), detail: detail(not: "anyone at the club"),
            yes: [1, 2, 3, 10, 11, 13, 18, 21, 24], dontKnow: [15, 22], level: "high", basis: "escalation",
            rationale: "Third police log in seven months, each worse than the one before.", worker: DemoStaff.firstIdva,
            isShared: true,
            attempts: [
                (19, "telephone", "noAnswer", "allowed", "Rang out."),
                (46.2, "telephone", "spoke", "allowed", "In the car park at work."),
            ],
            notes: [(46.5, "He has written to her from his mother's. She has not opened it. Told that it is a breach.")]
        ),
    ]
}
