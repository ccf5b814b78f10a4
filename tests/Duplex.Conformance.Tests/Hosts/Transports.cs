using Microsoft.AspNetCore.Builder;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>What carries the server's connections on this machine: every suite runs over each.</summary>
public static class Transports
{
    public static IReadOnlyList<string> Available { get; } = ["kestrel"];

    public static void Use(string transport, WebApplicationBuilder builder)
    {
        if (transport != "kestrel") throw new ArgumentException($"No transport {transport}.", nameof(transport));
        ArgumentNullException.ThrowIfNull(builder);
    }
}
