/// Reads a formula from left to right: a comparison of sums of products of values.
struct FormulaReader {
    private let letters: [Character]
    private var place = 0
    /// Brackets within brackets: a formula that somebody typed needs few.
    private var depth = 0

    init(_ text: String) { letters = Array(text.prefix(2_000)) }

    /// "a" of "a=529"; nil where no name is set.
    mutating func takeName() -> String? {
        let start = place
        skip()
        guard let name = word() else {
            place = start
            return nil
        }
        skip()
        guard peek == "=", next != "=" else {
            place = start
            return nil
        }
        place += 1
        return name
    }

    mutating func whole() throws(FormulaProblem) -> FormulaNode {
        let node = try comparison()
        skip()
        guard place == letters.count else { throw problem }
        return node
    }

    private var problem: FormulaProblem {
        let rest = String(letters[min(place, letters.count)...].prefix(20))
        return FormulaProblem(
            description: rest.isEmpty ? "the formula ends too soon" : "the formula isn't understood at \"\(rest)\"")
    }
    private var peek: Character? { place < letters.count ? letters[place] : nil }
    private var next: Character? { place + 1 < letters.count ? letters[place + 1] : nil }

    private mutating func skip() { while let letter = peek, letter.isWhitespace { place += 1 } }

    private mutating func comparison() throws(FormulaProblem) -> FormulaNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < 40 else { throw FormulaProblem(description: "the formula has too many brackets") }
        let left = try terms("+-") { reader throws(FormulaProblem) in
            try reader.terms("*/") { reader throws(FormulaProblem) in try reader.factor() }
        }
        skip()
        guard let letter = peek, "<>=!".contains(letter) else { return left }
        var sign = String(letter)
        place += 1
        if peek == "=" {
            if letter != "=" { sign += "=" }
            place += 1
        }
        guard sign != "!" else { throw problem }
        let right = try terms("+-") { reader throws(FormulaProblem) in
            try reader.terms("*/") { reader throws(FormulaProblem) in try reader.factor() }
        }
        return .comparison(sign, left, right)
    }

    private mutating func terms(
        _ signs: String, _ read: (inout FormulaReader) throws(FormulaProblem) -> FormulaNode
    ) throws(FormulaProblem) -> FormulaNode {
        var left = try read(&self)
        skip()
        while let sign = peek, signs.contains(sign) {
            place += 1
            left = .operation(sign, left, try read(&self))
            skip()
        }
        return left
    }

    private mutating func factor() throws(FormulaProblem) -> FormulaNode {
        skip()
        guard let letter = peek else { throw problem }
        if letter == "-" {
            place += 1
            return .operation("-", .value(.number(.zero)), try factor())
        }
        if letter == "(" {
            place += 1
            let node = try comparison()
            try take(")")
            return node
        }
        if letter == "\"" { return .value(.text(try quoted())) }
        if letter.isNumber { return .value(try number()) }
        guard let name = word() else { throw problem }
        skip()
        guard peek == "(" else { return .name(name) }
        place += 1
        var arguments: [FormulaNode] = []
        skip()
        while peek != ")" {
            if !arguments.isEmpty { try take(",") }
            arguments.append(try comparison())
            skip()
        }
        place += 1
        return .function(name, arguments)
    }

    private mutating func take(_ letter: Character) throws(FormulaProblem) {
        skip()
        guard peek == letter else { throw problem }
        place += 1
    }

    private mutating func word() -> String? {
        guard let first = peek, first.isLetter else { return nil }
        let start = place
        while let letter = peek, letter.isLetter || letter.isNumber || letter == "_" { place += 1 }
        return String(letters[start..<place])
    }

    private mutating func quoted() throws(FormulaProblem) -> String {
        place += 1
        let start = place
        while let letter = peek, letter != "\"" { place += 1 }
        guard peek != nil else { throw problem }
        place += 1
        return String(letters[start..<place - 1])
    }

    private mutating func number() throws(FormulaProblem) -> FormulaValue {
        if place + 10 <= letters.count, let date = PlainDate(String(letters[place..<place + 10])) {
            place += 10
            return .date(date)
        }
        let start = place
        while let letter = peek, letter.isNumber || letter == "." { place += 1 }
        guard let number = Fraction(String(letters[start..<place])) else {
            place = start
            throw problem
        }
        return .number(number)
    }
}
