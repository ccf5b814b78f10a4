namespace Duplex.AspNetCore.Streams;

/// <summary>The time limits of HTTP streams.</summary>
/// <param name="Close">The time within which pending data must arrive after the hub has ended the client.</param>
/// <param name="Write">The time within which one write must complete.</param>
/// <param name="Clock">The clock.</param>
internal sealed record StreamTimes(TimeSpan Close, TimeSpan Write, TimeProvider Clock);
