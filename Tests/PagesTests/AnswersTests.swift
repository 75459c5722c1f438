import Pages
import Testing

@Suite("Answers keep what was typed and what is wrong with it")
struct AnswersTests {
    @Test("An answer that was never given is an empty string")
    func absent() {
        let answers = Answers()
        #expect(answers["name"] == "")
        #expect(answers.all("name") == [])
        #expect(answers.error(for: "name") == nil)
        #expect(!answers.areRefused)
    }

    @Test("Several boxes of one name are all kept")
    func several() {
        var answers = Answers(["risk": ["a", "b"]])
        #expect(answers["risk"] == "a")
        #expect(answers.all("risk") == ["a", "b"])
        answers.set("risk", "c")
        #expect(answers.typed == ["risk": ["c"]])
    }

    @Test("Errors keep the order in which they were found, and a field shows its first")
    func order() {
        var answers = Answers()
        answers.refuse("b", "Enter b")
        answers.refuse("a", "Enter a")
        answers.refuse("b", "B is too long")
        #expect(answers.errors.map(\.message) == ["Enter b", "Enter a"])
        #expect(answers.error(for: "b") == "Enter b")
    }

    @Test("The summary of a wrong date links to its day, or to the part that is wrong")
    func dates() {
        var answers = Answers(["born-day": ["1"], "born-month": [""], "born-year": ["1980"]])
        answers.refuse("born", "Enter a date of birth")
        answers.refuse("born-month", "Date of birth must include a month")
        #expect(answers.errors.map(\.target) == ["born-day", "born-month"])
    }
}
