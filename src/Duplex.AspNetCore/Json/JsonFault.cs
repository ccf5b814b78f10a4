using System.Text.Json;

namespace Duplex.AspNetCore.Json;

/// <summary>The reason for which a member of a JSON object cannot be read.</summary>
/// <param name="Path">The path in the document, such as <c>subs.news.b64info</c>; empty for the document itself.</param>
/// <param name="Name">The name of the member; for an item of a list or an object, the name of its container.</param>
/// <param name="Expected">The shape that the reader expects.</param>
/// <param name="Value">The value of the member.</param>
internal readonly record struct JsonFault(string Path, string Name, JsonShape Expected, JsonElement Value);
