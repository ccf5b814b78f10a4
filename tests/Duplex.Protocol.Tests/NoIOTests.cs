using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Duplex.Protocol.Tests;

/// <summary>The assembly refers to no type with which it could wait, do I/O or read a clock (docs/adr/0008-connection-without-io.md).</summary>
public sealed class NoIOTests
{
    private static readonly string[] Clocks =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.TimeSpan", "System.Environment", "System.Diagnostics.Stopwatch",
    ];

    [Fact]
    public void Assembly_refers_to_no_clock_thread_task_or_I_O_type()
    {
        using var file = File.OpenRead(typeof(WebSocketProtocol).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var types = metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
            .ToList();
        Assert.Contains("System.Span`1", types);
        Assert.DoesNotContain(types, type => type.StartsWith("System.IO.", StringComparison.Ordinal)
            || type.StartsWith("System.Net.", StringComparison.Ordinal)
            || type.StartsWith("System.Threading.", StringComparison.Ordinal)
            || Clocks.Contains(type));
    }
}
