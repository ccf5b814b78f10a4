using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Visitors;

/// <summary>The data of a connect request.</summary>
public sealed record ConnectData(string? Key, string? Name);

/// <summary>The data of a connect reply.</summary>
public sealed record ConnectedData(string User, string Name, long ServerTime);

/// <summary>The info of a visitor in presence, joins and leaves.</summary>
public sealed record VisitorInfo(string Name);

/// <summary>The parameters of the call that changes the name.</summary>
public sealed record RenameParams(string? Name);

/// <summary>The result of the call that changes the name: the name as it is displayed.</summary>
public sealed record RenameResult(string Name);

/// <summary>The result of the call that returns the server's time.</summary>
public sealed record TimeResult(long ServerTime);

/// <summary>The JSON serialization of the visitors' messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConnectData))]
[JsonSerializable(typeof(ConnectedData))]
[JsonSerializable(typeof(VisitorInfo))]
[JsonSerializable(typeof(RenameParams))]
[JsonSerializable(typeof(RenameResult))]
[JsonSerializable(typeof(TimeResult))]
internal sealed partial class VisitorJson : JsonSerializerContext;
