/// The names of one heritage.
struct DemoNameList: Sendable {
    /// Given names by when their bearers were born.
    let women, men: DemoCohorts
    /// Surnames, in the form that men use.
    let surnames: [String]
    /// The form of a surname that a woman uses.
    let feminine: @Sendable (String) -> String

    init(
        women: DemoCohorts, men: DemoCohorts, surnames: String,
        feminine: @escaping @Sendable (String) -> String = { $0 }
    ) {
        (self.women, self.men, self.feminine) = (women, men, feminine)
        self.surnames = DemoCohorts.split(surnames)
    }
}

/// Given names, in fashion until a year: `[1956: "Doreen, Edna", 3000: "Chloe, Paige"]`, or one list for all years.
struct DemoCohorts: Sendable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    /// Ascending; the names of those born before the year, and after the one before.
    private let cohorts: [(before: Int, names: [String])]

    init(stringLiteral value: String) { cohorts = [(.max, Self.split(value))] }

    init(dictionaryLiteral elements: (Int, String)...) {
        cohorts = elements.map { ($0.0, Self.split($0.1)) }.sorted { $0.0 < $1.0 }
    }

    /// The names in fashion in a year.
    func names(bornIn year: Int) -> [String] {
        (cohorts.first { year < $0.before } ?? cohorts[cohorts.count - 1]).names
    }

    /// Every name.
    var all: [String] { cohorts.flatMap(\.names) }

    /// The names of a comma-separated text, which may run over several lines.
    static func split(_ text: String) -> [String] {
        text.replacing("\n", with: " ").split(separator: ",")
            .map { $0.drop { $0 == " " } }
            .map { String($0.reversed().drop { $0 == " " }.reversed()) }
    }
}

/// Where a family's names come from.
enum DemoHeritage: CaseIterable, Sendable {
    case english, scottish, welsh, irish, traveller
    case gujarati, gujaratiMuslim, punjabi, pakistani, bengali, otherAsian, chinese
    case westAfrican, southernAfrican, somali, caribbean
    case polish, romanian, lithuanian, portuguese, arabic

    /// Its names.
    var names: DemoNameList {
        switch self {
        case .english: DemoNamesBritish.english
        case .scottish: DemoNamesBritish.scottish
        case .welsh: DemoNamesBritish.welsh
        case .irish: DemoNamesBritish.irish
        case .traveller: DemoNamesBritish.traveller
        case .gujarati: DemoNamesSouthAsian.gujarati
        case .gujaratiMuslim: DemoNamesSouthAsian.gujaratiMuslim
        case .punjabi: DemoNamesSouthAsian.punjabi
        case .pakistani: DemoNamesSouthAsian.pakistani
        case .bengali: DemoNamesSouthAsian.bengali
        case .otherAsian: DemoNamesSouthAsian.otherAsian
        case .chinese: DemoNamesSouthAsian.chinese
        case .westAfrican: DemoNamesWorld.westAfrican
        case .southernAfrican: DemoNamesWorld.southernAfrican
        case .somali: DemoNamesWorld.somali
        case .caribbean: DemoNamesWorld.caribbean
        case .polish: DemoNamesWorld.polish
        case .romanian: DemoNamesWorld.romanian
        case .lithuanian: DemoNamesWorld.lithuanian
        case .portuguese: DemoNamesWorld.portuguese
        case .arabic: DemoNamesWorld.arabic
        }
    }

    /// First languages other than English, and how many people in a hundred of this heritage speak one first.
    var languages: (percent: Double, [String]) {
        switch self {
        case .english, .scottish, .irish, .traveller, .caribbean: (0.2, ["British Sign Language"])
        case .welsh: (5, ["Welsh"])
        case .gujarati: (34, ["Gujarati", "Gujarati", "Gujarati", "Hindi"])
        case .gujaratiMuslim: (38, ["Gujarati", "Kutchi", "Urdu"])
        case .punjabi: (36, ["Punjabi"])
        case .pakistani: (38, ["Urdu", "Punjabi", "Mirpuri"])
        case .bengali: (42, ["Sylheti", "Bengali"])
        case .otherAsian: (50, ["Tamil", "Tagalog", "Dari", "Pashto"])
        case .chinese: (45, ["Cantonese", "Mandarin"])
        case .westAfrican: (18, ["Yoruba", "Igbo", "Twi"])
        case .southernAfrican: (26, ["Shona", "Ndebele", "French", "Lingala"])
        case .somali: (58, ["Somali"])
        case .polish: (66, ["Polish"])
        case .romanian: (74, ["Romanian"])
        case .lithuanian: (66, ["Lithuanian", "Lithuanian", "Russian"])
        case .portuguese: (52, ["Portuguese", "Konkani"])
        case .arabic: (66, ["Arabic", "Arabic", "Kurdish Sorani"])
        }
    }
}
