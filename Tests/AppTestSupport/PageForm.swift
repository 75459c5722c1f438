import Foundation

/// A form of a page, with what a browser would send if its button were pressed now.
struct PageForm: Sendable {
    /// One field and the answers that it offers.
    struct Control: Sendable {
        let name: String
        /// `text`, `hidden`, `radio`, `checkbox`, `select`, `textarea`, `password`, `email`...
        let kind: String
        /// The values of radios, checkboxes and lists; empty where anything may be typed.
        var options: [String]
        var isTyped: Bool { options.isEmpty && kind != "hidden" && kind != "file" }
    }

    let method: String
    private(set) var action: String
    /// It can carry a file.
    let takesFile: Bool
    private(set) var controls: [Control] = []
    /// Names and values in the page's order.
    private(set) var values: [(String, String)] = []

    init(_ page: Markup, _ index: Int) {
        method = page.elements[index]["method"] ?? "get"
        action = page.elements[index]["action"] ?? ""
        takesFile = page.elements[index]["enctype"] == "multipart/form-data"
        for inner in page.elements.indices where page.isInside(inner, index) { read(page, inner) }
    }

    private mutating func read(_ page: Markup, _ index: Int) {
        let element = page.elements[index]
        guard let name = element["name"] else { return }
        switch element.name {
        case "input":
            let kind = element["type"] ?? "text"
            let value = element["value"] ?? ""
            let isChoice = kind == "radio" || kind == "checkbox"
            add(name, kind, option: isChoice ? value : nil)
            if !isChoice || element["checked"] != nil { values.append((name, value)) }
        case "textarea":
            add(name, "textarea", option: nil)
            // A browser drops a line break straight after the tag, and sends the others as CR LF.
            let text = element.text.hasPrefix("\n") ? String(element.text.dropFirst()) : element.text
            values.append((name, text.replacing("\n", with: "\r\n")))
        case "select":
            let options = page.all("option", in: index)
            for option in options { add(name, "select", option: option["value"] ?? "") }
            let chosen = options.first { $0["selected"] != nil } ?? options.first
            if let chosen { values.append((name, chosen["value"] ?? "")) }
        default: break
        }
    }

    private mutating func add(_ name: String, _ kind: String, option: String?) {
        if let known = controls.firstIndex(where: { $0.name == name }) {
            if let option { controls[known].options.append(option) }
        } else {
            controls.append(Control(name: name, kind: kind, options: option.map { [$0] } ?? []))
        }
    }

    subscript(_ name: String) -> String { values.first { $0.0 == name }?.1 ?? "" }

    /// Answers fields as a person would: only those that are there, only with what is offered. A value that can't be
    /// given is in `misfits`.
    mutating func fill(_ answers: KeyValuePairs<String, String>) -> [String] {
        var misfits: [String] = []
        for name in Set(answers.map(\.key)) { values.removeAll { $0.0 == name } }
        for (name, value) in answers {
            if let control = controls.first(where: { $0.name == name }) {
                if !control.options.isEmpty, !control.options.contains(value) { misfits.append("\(name)=\(value)") }
            } else {
                misfits.append(name)
            }
            values.append((name, value))
        }
        return misfits
    }

    /// Puts something into a field that no browser would.
    mutating func forge(_ name: String, _ value: String) {
        values.removeAll { $0.0 == name }
        values.append((name, value))
    }

    /// The same of a field with several answers.
    mutating func forge(_ name: String, _ several: [String]) {
        values.removeAll { $0.0 == name }
        values += several.map { (name, $0) }
    }

    /// The same form, sent elsewhere than its page says.
    func sent(to path: String) -> PageForm {
        var form = self
        form.action = path
        return form
    }

    /// The file that was chosen, and what it is called there.
    var file: (name: String, bytes: [UInt8])?

    /// `multipart/form-data`, as a browser sends it. Whoever chooses nothing sends an empty file without a name.
    var bodyWithFile: [UInt8] {
        let files = Set(controls.filter { $0.kind == "file" }.map(\.name))
        var out: [UInt8] = []
        for (name, value) in values where !files.contains(name) {
            out += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n".utf8)
            out += Array("\(value)\r\n".utf8)
        }
        for field in files {
            out += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"".utf8)
            out += Array("\(file?.name ?? "")\"\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
            out += file?.bytes ?? []
            out += [13, 10]
        }
        return out + Array("--\(Self.boundary)--\r\n".utf8)
    }

    static let boundary = "----FormBoundary7MA4YWxkTrZu0gW"

    /// Ticks one more box of a field.
    mutating func tick(_ name: String, _ value: String) { values.append((name, value)) }

    /// Leaves a field out.
    mutating func drop(_ name: String) { values.removeAll { $0.0 == name } }

    var body: [UInt8] { Self.encode(values) }

    /// `application/x-www-form-urlencoded`.
    static func encode(_ values: [(String, String)]) -> [UInt8] {
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*")
        func encoded(_ text: String) -> String {
            (text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "").replacing("%20", with: "+")
        }
        return Array(values.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&").utf8)
    }
}
