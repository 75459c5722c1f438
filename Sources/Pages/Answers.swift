/// What is wrong with one answer, and where to send the reader to put it right.
public struct FieldError: Sendable, Equatable {
    /// The name of the question, as in the form.
    public let field: String
    /// What to do about it, in the words of the Design System's error messages.
    public let message: String
    /// The id of the control that the error summary links to. Usually the field itself.
    public let target: String

    /// An error of a field. `target` is only needed when the control's id differs from the field's name.
    public init(field: String, message: String, target: String? = nil) {
        self.field = field
        self.message = message
        self.target = target ?? field
    }
}

/// What a reader typed into a form, exactly as they typed it, and what we found wrong with it.
public struct Answers: Sendable, Equatable {
    /// Every value by the name of its field; checkboxes have several.
    public var typed: [String: [String]]
    /// What is wrong, in the order found. The error summary keeps this order.
    public private(set) var errors: [FieldError] = []

    /// The answers of a form; none for a page that is opened for the first time.
    public init(_ typed: [String: [String]] = [:]) { self.typed = typed }

    /// The (first) value of a field, or an empty string.
    public subscript(_ name: String) -> String { typed[name]?.first ?? "" }

    /// All values of a field, such as the boxes ticked.
    public func all(_ name: String) -> [String] { typed[name] ?? [] }

    /// Replaces a field's value.
    public mutating func set(_ name: String, _ value: String) { typed[name] = [value] }

    /// Replaces a field's values.
    public mutating func set(_ name: String, _ values: [String]) { typed[name] = values }

    /// Records that an answer can't be accepted.
    ///
    /// For a date, refuse `name` when the whole date is wrong (the summary then links to its day), or
    /// `name-day`, `name-month` or `name-year` when one part is.
    /// A field has one thing wrong with it at a time, the first that is found: what stands beside it is what the
    /// summary says.
    public mutating func refuse(_ field: String, _ message: String) {
        if error(for: field) != nil { return }
        let isDate = typed["\(field)-day"] != nil
        errors.append(FieldError(field: field, message: message, target: isDate ? "\(field)-day" : nil))
    }

    /// The first thing wrong with a field.
    public func error(for field: String) -> String? { errors.first { $0.field == field }?.message }

    /// Whether anything is wrong.
    public var areRefused: Bool { !errors.isEmpty }
}
