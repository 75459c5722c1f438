import Foundation
import Synchronization

/// Makes PDF files: a helper (Helpers/pdf) in a process of its own for each, which gives up what it doesn't need before
/// it reads a word. A server without the helper has no PDF files, and works.
struct PDFMaker: Sendable {
    /// Python's environment with typst, and the script in it.
    let folder: String
    /// How long one file may take. The proxy in front waits longer.
    var within = Duration.seconds(45)
    /// Bytes of the largest file.
    var most = 32 << 20
    private let threads = DispatchQueue(label: "pdf-making", qos: .utility, attributes: .concurrent)

    init(folder: String) { self.folder = folder }

    /// Where the launcher puts it: beside the assets.
    init(_ settings: Settings) {
        let beside = URL(fileURLWithPath: settings.assets).deletingLastPathComponent()
        self.init(folder: beside.appendingPathComponent("pdf").path)
    }

    private var python: String { folder + "/bin/python" }

    /// Whether it is installed. That it also works, `doctor` says.
    var isHere: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// The file; nil where the helper isn't there, takes too long, makes too much, or can't. Why it can't stays
    /// unsaid: its words quote the document.
    func make(_ document: some Encodable) async -> Data? {
        guard isHere, let words = try? JSONEncoder().encode(document) else { return nil }
        let given = GivenUp()
        // -I: no module from elsewhere; -B: nothing is written beside the script.
        let helper = HelperProcess(
            program: python, arguments: ["-I", "-B", folder + "/make.py"], most: most, until: .now + within,
            isGivenUp: { given.up.load(ordering: .relaxed) })
        let file = await withTaskCancellationHandler {
            await withCheckedContinuation { (waits: CheckedContinuation<[UInt8]?, Never>) in
                threads.async { waits.resume(returning: helper.answer(to: Array(words))) }
            }
        } onCancel: {
            given.up.store(true, ordering: .relaxed)
        }
        guard let file, file.starts(with: Array("%PDF-".utf8)) else { return nil }
        return Data(file)
    }

    /// The visitor has gone, or the server stops.
    private final class GivenUp: Sendable {
        let up = Atomic(false)
    }
}
