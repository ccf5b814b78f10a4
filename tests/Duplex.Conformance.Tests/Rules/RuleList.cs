using System.Reflection;
using Duplex.Conformance.Tests.Cases;

namespace Duplex.Conformance.Tests.Rules;

/// <summary>The rules as docs/protocol lists them, and the ids that tests and cases name.</summary>
public static class RuleList
{
    /// <summary>Id and the end of the connection it binds: server, client or both.</summary>
    public static IReadOnlyDictionary<string, string> Documented { get; } =
        new[] { "rfc6455.md", "rfc7692.md" }
            .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, "docs", "protocol", file)))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && (cells[1].StartsWith("6455-", StringComparison.Ordinal) || cells[1].StartsWith("7692-", StringComparison.Ordinal)))
            .ToDictionary(cells => cells[1], cells => cells[2]);

    /// <summary>Ids named by a test that judges this role.</summary>
    public static IReadOnlySet<string> ProvenFor(bool client) =>
        Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.DeclaringType!.Name.StartsWith("Client", StringComparison.Ordinal) == client)
            .SelectMany(method => method.GetCustomAttribute<RuleAttribute>()?.Ids ?? [])
            .Concat(Chapters.All.Values.Where(item => item.JudgesClient is null || item.JudgesClient == client).SelectMany(item => item.Rules))
            .Concat(client ? ResponseCases.All().SelectMany(item => item.Rules) : HandshakeCases.All().SelectMany(item => item.Rules))
            .ToHashSet();
}
