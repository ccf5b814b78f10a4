namespace Showcase.Exchange.Streams;

/// <summary>The refusal of a request; the connection stays open.</summary>
/// <param name="Code">0 unknown property, 1 wrong type of a value, 2 invalid request, 3 invalid JSON.</param>
/// <param name="Message">The reason.</param>
/// <param name="Id">The id of the request as JSON.</param>
internal readonly record struct StreamError(int Code, string Message, string Id);
