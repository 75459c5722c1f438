import Statistics

/// What a reader is told of a reason, a question, a note: the closed lists of matching, in words.
enum MatchWords {
    static func reason(_ reason: Statistics.MatchReason) -> String {
        switch reason {
        case .noSpace: "Not free when it is needed"
        case .size: "Too small, or too few rooms"
        case .access: "Access"
        case .staff: "Staff are there too little"
        case .mentalHealth: "Mental health needs are not taken"
        case .substanceUse: "Drug or alcohol use is not taken"
        case .offending: "A history of offending is not taken"
        case .arson: "A history of arson is not taken"
        case .area: "Not safe from there"
        case .network: "Who lives or works near"
        case .funds: "Public funds"
        case .olderSon: "A son is too old for it"
        case .sex: "Whom it is for"
        case .pets: "Animals"
        case .kind: "They would not take this kind"
        case .risk: "The risk is higher than it takes"
        case .consent: "They have not agreed to be referred"
        }
    }

    static func question(_ question: MatchQuestion) -> String {
        switch question {
        case .members: "who comes"
        case .childrensAges: "the children’s ages"
        case .childrensSex: "whether a child is a boy or a girl"
        case .adultsSex: "the adults’ sex"
        case .expecting: "whether a baby is due"
        case .accessNeeded: "what access they need"
        case .animals: "which animals come"
        case .funds: "recourse to public funds"
        case .supportNeeds: "needs and histories"
        case .staffingNeeded: "how much staff they need"
        case .kindsWanted: "what they would take"
        case .homeArea: "where they come from"
        case .unsafeAreas: "where they are not safe"
        case .whoLivesNear: "who of those who harm them is near: the service checks it"
        case .riskLevel: "the grade of risk"
        case .consent: "whether they agree to be referred"
        case .dayNeeded: "from which day they need it"
        case .bedspaces: "how many can sleep there"
        case .bedrooms: "how many rooms it has"
        case .familyRoom: "whether a family may share one room"
        case .maxAdults: "how many adults it takes"
        case .maxChildren: "how many children it takes"
        case .cots: "how many cots it has"
        case .whoIsTaken: "whom it is for"
        case .policyOnTrans: "its policy on trans people"
        case .policyOnSex: "whether its policy takes them"
        case .oldestBoy: "up to which age sons come"
        case .accessOffered: "its access"
        case .animalsTaken: "whether it takes the animal"
        case .fundingTaken: "how it may be paid for"
        case .supportsTaken: "whether it takes their needs and histories"
        case .staffing: "when staff are there"
        case .exclusionAreas: "from where it is not safe"
        case .unitsArea: "in which area it is"
        case .availability: "whether it is free"
        case .highestRisk: "up to which risk it takes"
        }
    }

    static func note(_ note: MatchNote) -> String {
        switch note {
        case .localConnection: "It asks for a local connection: nobody who flees abuse is refused for that"
        case .assistanceAnimal: "An assistance animal comes along: the law lets nobody refuse it"
        case .familyRoom: "The whole family would share one room"
        case .babyDue: "A baby is due: the children’s limit is counted without it"
        case .wait: "It is free only after the day from which it is needed"
        }
    }

    /// "3 more without …".
    static func fact(_ fact: MatchFact) -> String {
        switch fact {
        case .oneChild: "with one child fewer"
        case .size: "with more room"
        case .son(let age): age.map { "without the son of \($0)" } ?? "without a son"
        case .access: "without what access needs"
        case .pet: "without an animal"
        case .support(let support): switch support {
            case .mentalHealth: "without mental health needs"
            case .substanceUse: "without drug or alcohol use"
            case .offending: "without a history of offending"
            case .arson: "without a history of arson"
            }
        case .funds: "with recourse to public funds"
        case .staffing: "with less staff"
        case .risk: "with a lower risk"
        case .transPolicy: "with other policies on trans people"
        case .sex: "with services for anyone"
        case .kinds: "with kinds that they would not take"
        case .areas: "with areas where they are not safe"
        case .network: "with homes that may be too near"
        case .vacancy: "with homes that are taken"
        }
    }
}
