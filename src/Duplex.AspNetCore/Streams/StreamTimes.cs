namespace Duplex.AspNetCore.Streams;

/// <summary>How long HTTP streams wait for their peers.</summary>
/// <param name="Close">For what is left to arrive when the hub has ended the client.</param>
/// <param name="Write">For one write.</param>
/// <param name="Clock">The clock.</param>
internal sealed record StreamTimes(TimeSpan Close, TimeSpan Write, TimeProvider Clock);
