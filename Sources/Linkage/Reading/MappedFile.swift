import Foundation

/// A file's bytes as they lie on disk, read only.
final class MappedFile: @unchecked Sendable {
    let path: String
    let bytes: UnsafeRawBufferPointer

    init(_ path: String) throws(LinkageProblem) {
        self.path = path
        let file = open(path, O_RDONLY)
        guard file >= 0 else {
            throw LinkageProblem("\(path) can't be read. Check the name, and that you may read it.")
        }
        defer { close(file) }
        var about = stat()
        guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            throw LinkageProblem("\(path) isn't a file.")
        }
        let count = Int(about.st_size)
        guard count > 0 else { throw LinkageProblem("\(path) is empty.") }
        guard count <= LinkageLimits.bytes else {
            throw LinkageProblem(
                "\(path) is longer than \(LinkageLimits.bytes >> 20) MB. Leave columns out, or link fewer years.")
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
            throw LinkageProblem("\(path) can't be read into memory.")
        }
        madvise(start, count, MADV_SEQUENTIAL)
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    /// In memory alone.
    init(_ path: String, _ held: Data) throws(LinkageProblem) {
        self.path = path
        let room = held.isEmpty ? MAP_FAILED
            : mmap(nil, held.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let start = room, start != MAP_FAILED else { throw LinkageProblem("\(path) has no rows.") }
        let copy = UnsafeMutableRawBufferPointer(start: start, count: held.count)
        copy.copyBytes(from: held)
        bytes = UnsafeRawBufferPointer(copy)
    }

    /// Itself, or the sheet of the workbook that it is.
    func sheet(
        _ reads: (@Sendable (String) throws(LinkageProblem) -> Data)?
    ) throws(LinkageProblem) -> MappedFile {
        guard let reads, bytes.starts(with: [0x50, 0x4b, 3, 4]) else { return self }
        return try MappedFile(path, reads(path))
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }
}
