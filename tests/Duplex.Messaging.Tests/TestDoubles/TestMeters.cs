using System.Diagnostics.Metrics;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>Makes one meter, so that a test hears only its own hub.</summary>
internal sealed class TestMeters : IMeterFactory
{
    public Meter Meter { get; } = new("test");

    public Meter Create(MeterOptions options) => Meter;

    public void Dispose() => Meter.Dispose();
}
