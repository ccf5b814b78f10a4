using System.Reflection;

namespace Duplex.Architecture.Tests;

/// <summary>The examples of the README and the guides stand, word for word, in files that are compiled.</summary>
public sealed class ReadmeTests
{
    private const string Fence = "```";

    [Theory]
    [InlineData("src/Duplex.Configuration/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("README.md", "tests/Duplex.AspNetCore.Tests/Docs/ReadmeSnippets.cs")]
    [InlineData("docs/guides/testing.md", "tests/Duplex.Testing.Tests/Docs/TestingGuideTests.cs")]
    [InlineData("docs/guides/maps.md", "tests/Duplex.AspNetCore.Tests/Docs/MapsGuideTests.cs")]
    [InlineData("docs/guides/client.md", "tests/Duplex.AspNetCore.Tests/Docs/ClientGuideTests.cs")]
    [InlineData("src/Duplex.AspNetCore/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.EventLoop/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.Messaging/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.Protocol/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.Testing.Contracts/README.md", "tests/Duplex.Messaging.Tests/Presence/MemoryPresenceStoreTests.cs")]
    [InlineData("src/Duplex.Testing/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.WebSockets.AspNetCore/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    [InlineData("src/Duplex.WebSockets/README.md", "tests/Duplex.Packages.Tests/Docs/PackageReadmes.cs")]
    public void Every_example_is_compiled(string document, string code)
    {
        var compiled = Repository.Normalised(Repository.Read(code));
        var examples = Repository.Read(document).Split(Fence + "csharp\n").Skip(1).Select(text => text[..text.IndexOf(Fence, StringComparison.Ordinal)]);
        Assert.All(examples, example => Assert.Contains(Repository.Normalised(example), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_document_with_examples_is_tested()
    {
        // A test follows one page, the samples hold the code of the other, and decisions are history.
        string[] elsewhere = ["docs/getting-started.md", "docs/samples.md"];
        var tested = typeof(ReadmeTests).GetMethod(nameof(Every_example_is_compiled))!.GetCustomAttributes<InlineDataAttribute>().Select(static row => (string)row.Data[0]!);

        var documents = Repository.Files.Where(static file => file.EndsWith(".md", StringComparison.Ordinal)
            && !file.StartsWith("docs/adr/", StringComparison.Ordinal)
            && Repository.Read(file).Contains(Fence + "csharp\n", StringComparison.Ordinal));

        Assert.Equal(documents.Order(StringComparer.Ordinal), tested.Concat(elsewhere).Order(StringComparer.Ordinal));
    }
}
