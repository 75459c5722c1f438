import Pages

/// What somebody says of themselves, as it is typed. Every question may stay unanswered.
extension PersonalDetails {
    init?(_ answers: inout Answers) {
        let words = answers.text("gender-words", most: 100, name: "Their own words")
        guard answers.errors.isEmpty else { return nil }
        self.init(
            sex: Sex(rawValue: answers["sex"]) ?? .notAsked,
            ethnicity: Ethnicity(rawValue: answers["ethnicity"]) ?? .notAsked,
            gender: GenderIdentity(rawValue: answers["gender"]) ?? .notAsked, genderWords: words,
            orientation: Orientation(rawValue: answers["orientation"]) ?? .notAsked,
            religion: Religion(rawValue: answers["religion"]) ?? .notAsked,
            disability: Disability(rawValue: answers["disability"]) ?? .notAsked,
            impairment: Impairment(rawValue: answers["impairment"]) ?? .notAsked)
    }

    /// The answers that show them in the form.
    func answers(version: Int) -> Answers {
        var answers = Answers()
        for (field, value) in values { answers.set(field, value) }
        answers.set("version", String(version))
        return answers
    }

    private var values: [(String, String)] {
        [("sex", sex.rawValue), ("ethnicity", ethnicity.rawValue), ("gender", gender.rawValue),
         ("gender-words", genderWords), ("orientation", orientation.rawValue), ("religion", religion.rawValue),
         ("disability", disability.rawValue), ("impairment", impairment.rawValue)]
    }

    /// Each question with its answer in words, for a summary and to compare two versions.
    var inWords: [(question: String, answer: String)] {
        [("Sex", sex.label), ("Ethnic group", ethnicity.label),
         ("Gender identity", genderWords.isEmpty ? gender.label : "\(gender.label): \(genderWords)"),
         ("Sexual orientation", orientation.label), ("Religion", religion.label), ("Disability", disability.label),
         ("Main condition", impairment.label)]
    }

    /// The fields. Somebody known to be under 16 is not asked about gender identity and orientation.
    static func fields(_ answers: Answers, age: Int?) -> HTML {
        let grown: HTML = (age ?? askedFrom) < askedFrom ? """
            \(GovUK.hidden("gender", answers["gender"]))\(GovUK.hidden("gender-words", answers["gender-words"]))\
            \(GovUK.hidden("orientation", answers["orientation"]))
            """ : """
            \(GovUK.radios("gender", legend: "Is their gender the same as the sex registered at birth?",
                           options: GenderIdentity.options, small: true, in: answers))
            \(GovUK.input("gender-words", label: "If different, their own words for it", width: .twenty,
                          autocomplete: "off", in: answers))
            \(GovUK.radios("orientation", legend: "Sexual orientation", options: Orientation.options, small: true,
                           in: answers))
            """
        return """
            \(GovUK.radios("sex", legend: "Sex", options: Sex.options, small: true, in: answers))
            \(GovUK.select("ethnicity", label: "Ethnic group", options: Ethnicity.options, in: answers))
            \(grown)
            \(GovUK.radios("religion", legend: "Religion", options: Religion.options, small: true, in: answers))
            \(GovUK.radios("disability", legend: "A physical or mental health condition lasting 12 months or more?",
                           options: Disability.options, small: true, in: answers))
            \(GovUK.select("impairment", label: "If so, the main kind", options: Impairment.options, in: answers))
            """
    }
}
