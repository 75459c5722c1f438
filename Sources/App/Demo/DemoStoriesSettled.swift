extension DemoStories {
    private static let week = [1, 2, 3, 4, 5]
    private static let always = [1, 2, 3, 4, 5, 6, 7]

    /// Weeks and months old; indexes go on after those of `recent`, which are 0 to 7.
    static let settled: [DemoStory] = [
        // 8: kept from all but her team, because he works for a partner.
        DemoStory(
            given: "Harriet", family: "Stretton", born: day(1990, 1, 15), area: 4, isProtected: true,
            perp: ("Adrian", "Wormleighton", day(1982, 8, 8)),
            tie: tie(.intimateRelationship, "ex-partner", apart: true),
            traits: [.separated, .stalking, .police, .court, .housing], daysAgo: 34, minute: 700,
            reason: """
                He works for one of the agencies round this table and has told her that he can see everything. \
                Asked that nobody but her worker and the manager know that she rang.
                """, promised: "That the case is kept to two named people.",
            rule: rule([.email], always, "00:00", "24:00"),
            detail: detail(not: "any agency but us", note: "E-mail only"),
            yes: [2, 3, 4, 6, 8, 11, 12, 14, 16, 17, 22, 24], dontKnow: [15], level: "high",
            worker: DemoStaff.firstIdva,
            isRestricted: true,
            attempts: [
                (22.5, "email", "replied", "allowed", "Answered within the hour from the new address."),
                (180, "inPerson", "spoke", "allowed", "At the solicitor's."),
                (520, "email", "messageLeft", "allowed", ""),
            ],
            notes: [
                (23, "Team is the manager and me. She was told who can open this, by name."),
                (
                    182,
                    "Met at the solicitor's. Statement signed. Her new door has three locks and she showed me the keys."
                ),
                (
                    525,
                    "Professional standards have written to her through the solicitor. She wants to think for a week."
                ),
            ]),
        // 9: closed a year ago; she came back.
        DemoStory(
            given: "Hetal", family: "Makwana", born: day(1988, 3, 11), group: .indian, heritage: .gujarati,
            language: "Gujarati",
            area: 1, formerFamily: "Popat", perp: ("Nilesh", "Makwana", day(1985, 11, 2)),
            tie: tie(.married, "husband"),
            traits: [.children, .money, .work], daysAgo: 420, minute: 640, closedDaysAgo: 301,
            reason: """
                Husband and his mother keep her wages and she is not to visit her sister. Slapped on Diwali in \
                front of guests.
                """, rule: rule([.telephone], week, "09:15", "14:45"),
            detail: detail(word: "gooseberry", not: "husband, mother-in-law", story: "The library about a reservation"),
            holdsForDays: -260, yes: [1, 2, 4, 12, 17, 20, 24], worker: DemoStaff.secondIdva,
            attempts: [
                (22, "telephone", "spoke", "allowed", "Alone, could talk."), (400, "telephone", "spoke", "allowed", ""),
            ],
            notes: [
                (22.5, "She wants him to stop, not to leave. Safety plan, own account, sister knows."),
                (
                    2_800,
                    "He has been to the course. She says it is quieter. Wants to close. Has our number."
                ),
            ]),
        // 10: the same two, eleven days ago. Her answer about safe contact has run out.
        DemoStory(
            given: "Hetal", family: "Makwana", born: day(1988, 3, 11), tie: tie(.married, "husband"),
            traits: [.children, .money, .work, .police], daysAgo: 11, minute: 555,
            reason: """
                Rang us herself, said the library. It is worse than before. He held a pillow over her face on \
                Saturday. Now at her sister's with the children, going back tonight for their things.
                """, advice: "Not alone, and not tonight. Police to go with her. GP today because of the breathing.",
            yes: [1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 14, 15, 17, 20], dontKnow: [16], level: "high",
            worker: DemoStaff.firstIdva,
            attempts: [
                (3, "telephone", "spoke", "firstSafeCall", "Her earlier answer had run out. Safe at her sister's."),
                (74, "telephone", "spoke", "firstSafeCall", "Sister's number."),
            ],
            notes: [
                (
                    3.4,
                    "Officer met her at the house, twenty minutes, two bags. Strangulation form done at the hospital."
                ),
                (
                    75,
                    "Non-molestation order granted without notice. Must ask again how she may be reached, not done yet."
                ),
            ], samePersonAs: 9, harmedBy: (9, false)),
        // 11 and 12: twins in one house, one brother.
        DemoStory(
            given: "Ifrah", family: "Warsame", born: day(2005, 6, 9), group: .african, heritage: .somali,
            language: "Somali",
            area: 1, perp: ("Guled", "Warsame", day(1999, 9, 1)), tie: tie(.relatives, "brother", family: true),
            traits: [.family, .police], daysAgo: 46, minute: 1_010, channel: "webchat",
            reason: """
                Brother decides where she goes and with whom. Took the phone, gave it back broken. Twin sister has \
                it the same.
                """, rule: rule([.text], week, "10:00", "15:00"),
            detail: detail(not: "the family", note: "College days only"),
            yes: [2, 4, 5, 12, 17, 24], dontKnow: [3], worker: DemoStaff.secondIdva,
            attempts: [(18, "text", "replied", "allowed", "Asked for a room at the college.")],
            notes: [(90, "Met both sisters at the college. They finish each other's sentences. Two files, one plan.")]),
        DemoStory(
            given: "Idil", family: "Warsame", born: day(2005, 6, 9), group: .african, heritage: .somali,
            language: "Somali",
            area: 1, tie: tie(.relatives, "brother", family: true), traits: [.family], daysAgo: 44, minute: 960,
            caller: "thirdParty",
            reason: "College counsellor with her in the room: same brother, same house, wants her own worker.",
            rule: rule([.text, .email], week, "10:00", "15:00"), yes: [2, 4, 12, 17], worker: DemoStaff.firstIdva,
            isShared: true,
            attempts: [(20, "text", "replied", "allowed", "")],
            notes: [(42, "Own file as she asked. Plan shared with her sister's.")],
            harmedBy: (11, false)),
        // 13 and 14: harmed by his father; harming at home.
        DemoStory(
            given: "Callum", family: "Hextall", isFemale: false, born: day(2000, 4, 2), area: 7,
            perp: ("Wayne", "Hextall", day(1974, 5, 25)), tie: tie(.relatives, "father", family: true),
            traits: [.family, .drink], daysAgo: 130, minute: 720, closedDaysAgo: 52,
            reason: """
                Father beats him still, a grown man, when he drinks. Moved out at Easter. Asked for counselling, \
                ashamed.
                """, rule: rule([.telephone, .text], always, "09:00", "20:00", silent: false),
            yes: [1, 2, 5, 6, 21, 24],
            worker: DemoStaff.secondIdva, attempts: [(26, "telephone", "spoke", "allowed", "")],
            notes: [(1_700, "Counselling has started. Closed with his agreement. Spoke about his own temper, unasked.")]
        ),
        DemoStory(
            given: "Tegan", family: "Astill", born: day(2002, 11, 11), area: 7,
            tie: tie(.intimateRelationship, "partner"),
            traits: [.pregnant, .work], daysAgo: 20, minute: 805,
            reason: """
                Partner put his fist through the wall beside her head and then cried. She says that he had it worse \
                as a child.
                """, rule: rule([.telephone], [1, 2, 3, 4], "09:30", "15:00"), detail: detail(not: "partner"),
            yes: [2, 3, 5, 9, 10, 12, 18, 21], dontKnow: [15, 22], worker: DemoStaff.firstIdva,
            attempts: [(25, "telephone", "spoke", "allowed", "At her mum's.")],
            notes: [(25.5, "He is known to us in another case. Different worker, files kept apart, manager told.")],
            harmedBy: (13, true)),
        // 15: nobody could be reached.
        DemoStory(
            given: "Violet", family: "Loveridge", born: day(1997, 2, 14), group: .gypsyOrIrishTraveller,
            heritage: .traveller,
            area: 9, perp: ("Nelson", "", nil), tie: tie(.married, "husband"), traits: [.children], daysAgo: 39,
            minute: 585,
            closedDaysAgo: 9, channel: "professional", caller: "professional",
            reason: """
                Health visitor refers. They pull off the site on Thursday. The only number is her sister's, who \
                reads and writes.
                """, yes: [1, 2, 4, 7, 10], dontKnow: [3, 5, 12, 14, 16, 20], worker: DemoStaff.secondIdva,
            attempts: [
                (22, "telephone", "noAnswer", "firstSafeCall", "Rang out."),
                (50, "referrer", "noAnswer", "firstSafeCall", "Health visitor found the pitch empty."),
                (170, "telephone", "wrongNumber", "firstSafeCall", "Not her sister's any more."),
            ],
            notes: [
                (
                    640,
                    "Four tries over three weeks by the only safe ways. Gate's worker will carry a message. Door open."
                )
            ]),
        // 16: seventeen.
        DemoStory(
            given: "Skye", family: "Gamble", born: day(2009, 3, 3), area: 5, perp: ("Tyler", "Quenby", day(2003, 3, 3)),
            tie: tie(.intimateRelationship, "boyfriend"), traits: [.stalking], daysAgo: 16, minute: 905,
            channel: "professional", caller: "professional",
            reason: """
                Sixth form: boyfriend, six years older, waits in the car every day, picks her clothes, has her \
                passwords. She says it is love. Mum knows. Agreed to one chat.
                """, rule: rule([.telephone, .text], week, "12:30", "13:15"), detail: detail(not: "boyfriend"),
            holdsForDays: 12,
            yes: [2, 4, 8, 10, 12, 16, 22], dontKnow: [3, 14], worker: DemoStaff.secondIdva,
            attempts: [(23.5, "telephone", "spoke", "allowed", "From the tutor's office.")],
            notes: [(24, "Went through a good and a bad day. She drew the line herself, and then where he stood.")]),
    ]
}
