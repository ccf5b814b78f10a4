namespace Showcase.Lab;

/// <summary>An event of a run. All ways of transport carry the same bytes.</summary>
/// <param name="Number">The number, from 1 and without gaps.</param>
/// <param name="Json">The event as JSON: <c>{"n","at","pad"}</c>.</param>
internal sealed record LabEvent(long Number, byte[] Json);
