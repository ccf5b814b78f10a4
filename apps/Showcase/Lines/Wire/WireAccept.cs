namespace Showcase.Lines.Wire;

/// <summary>The computation of the accept key, step by step. RFC 6455 section 4.2.2.</summary>
/// <param name="Key">The value of Sec-WebSocket-Key that the client sent.</param>
/// <param name="Joined">The key followed by the GUID of the protocol.</param>
/// <param name="Sha1">The SHA-1 hash of the joined text, in hexadecimal digits.</param>
/// <param name="Computed">The hash in base64.</param>
/// <param name="Received">The value of Sec-WebSocket-Accept that the server sent, or null.</param>
internal sealed record WireAccept(string Key, string Joined, string Sha1, string Computed, string? Received);
