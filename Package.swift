// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What everything waits for is built as it is released where it is built once (see `build_tests` of the launcher).
let fast: [SwiftSetting] = strict + (Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-O"])])

/// What tests of App use of it and around it.
let app: [Target.Dependency] = [
    "App", "Postgres", "Pages", "Statistics", "Linkage",
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "Crypto", package: "swift-crypto"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOEmbedded", package: "swift-nio"),
]

let package = Package(
    name: "drystone",
    products: [
        .executable(name: "drystone-server", targets: ["drystone-server"]),
        .executable(name: "drystone-tools", targets: ["drystone-tools"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "Postgres", dependencies: ["CLibpq"], swiftSettings: fast),
        .target(name: "Pages", swiftSettings: fast),
        // Inside the binary, so that the tools can be copied anywhere by themselves.
        .target(
            name: "Statistics",
            resources: [.embedInCode("Prevalence/Rates"), .embedInCode("Measures/Catalogue")],
            swiftSettings: strict),
        .target(name: "Assessment", dependencies: ["Pages", "Statistics"], swiftSettings: strict),
        .target(name: "CPopcount"),
        .target(
            name: "Linkage", dependencies: ["CPopcount", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "App",
            dependencies: [
                "Postgres", "Pages", "Statistics", "Linkage", "CArgon2", "CXlsxWriter",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Schema/Migrations"), .copy("Schema/Bootstrap.sql")],
            swiftSettings: strict),
        .executableTarget(
            name: "drystone-server",
            dependencies: [
                "App", "Postgres",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "drystone-tools",
            dependencies: [
                "Assessment", "Linkage", "Pages", "Statistics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: strict),
        .testTarget(
            name: "AssessmentTests", dependencies: ["Assessment", "Pages", "Statistics"], swiftSettings: strict),
        .testTarget(name: "LinkageTests", dependencies: ["CPopcount", "Linkage"], swiftSettings: strict),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: strict),
        .testTarget(name: "PagesTests", dependencies: ["Pages"], swiftSettings: strict),
        // What the tests of App share: the World, a client, copies of databases.
        .target(
            name: "AppTestSupport", dependencies: app, path: "Tests/AppTestSupport", exclude: ["World.sql"],
            swiftSettings: fast),
        .testTarget(
            name: "AppTests", dependencies: ["AppTestSupport"] + app, exclude: ["Golden/access.txt", "Golden/roles.txt"],
            swiftSettings: strict),
        // Apart from AppTests, so that two compilers work at once, each with half of it.
        .testTarget(name: "RecordTests", dependencies: ["AppTestSupport"] + app, swiftSettings: strict),
    ]
)
