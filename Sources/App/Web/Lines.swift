import Pages

/// Text as it was typed, line by line.
func lines(_ text: String) -> HTML {
    .joined(text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line -> HTML in
        index == 0 ? "\(String(line))" : "<br>\(String(line))"
    })
}

extension String {
    /// For the middle of a sentence; names further on keep their capitals.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
