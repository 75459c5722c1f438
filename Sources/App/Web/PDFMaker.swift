import Foundation

/// Makes PDF files: a helper (Helpers/pdf) in a process of its own for each, which gives up what it doesn't need before
/// it reads a word. A server without the helper has no PDF files, and works.
struct PDFMaker: Sendable {
    private var helper: Helper

    init(folder: String) { helper = Helper(folder: folder, script: "make.py", most: 32 << 20) }

    init(_ settings: Settings) { self.init(folder: Helper.folder("pdf", settings)) }

    var folder: String { helper.folder }
    var isHere: Bool { helper.isHere }
    var within: Duration { get { helper.within } set { helper.within = newValue } }
    var most: Int { get { helper.most } set { helper.most = newValue } }

    /// The file; nil where the helper gives none.
    func make(_ document: some Encodable) async -> Data? {
        guard let words = try? JSONEncoder().encode(document),
            let file = await helper.answer(to: Array(words)), file.starts(with: Array("%PDF-".utf8)) else { return nil }
        return Data(file)
    }
}
