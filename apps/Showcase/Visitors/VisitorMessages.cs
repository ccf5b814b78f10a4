using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Visitors;

/// <summary>The data of connect.</summary>
public sealed record ConnectData(string? Key, string? Name);

/// <summary>The data of its reply.</summary>
public sealed record ConnectedData(string User, string Name, long ServerTime);

/// <summary>What presence, joins and leaves show of a visitor.</summary>
public sealed record VisitorInfo(string Name);

/// <summary>The result of asking for the time.</summary>
public sealed record TimeResult(long ServerTime);

/// <summary>The JSON of all this, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConnectData))]
[JsonSerializable(typeof(ConnectedData))]
[JsonSerializable(typeof(VisitorInfo))]
[JsonSerializable(typeof(TimeResult))]
internal sealed partial class VisitorJson : JsonSerializerContext;
