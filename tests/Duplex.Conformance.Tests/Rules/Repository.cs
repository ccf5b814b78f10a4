using System.Runtime.CompilerServices;

namespace Duplex.Conformance.Tests.Rules;

/// <summary>Where the sources lie.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
