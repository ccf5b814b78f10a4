using System.Text.Json;

namespace Duplex.AspNetCore.Json;

/// <summary>Why a member of a JSON object cannot be read.</summary>
/// <param name="Path">Where it is in the document, such as <c>subs.news.b64info</c>; empty for the document itself.</param>
/// <param name="Name">The name that was read; an item of a list or of an object has the name of that.</param>
/// <param name="Expected">What the reader expects there.</param>
/// <param name="Value">What is there.</param>
internal readonly record struct JsonFault(string Path, string Name, JsonShape Expected, JsonElement Value);
