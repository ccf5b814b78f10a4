using System.Text.Json.Serialization;

namespace HubServer;

/// <summary>Request for publications to the channels named by prefix and number in turn, with keys by number in turn (0: without keys).</summary>
internal sealed record PublishBatch(string Prefix, int Channels, int Count, int Keys, string Payload);

[JsonSerializable(typeof(PublishBatch))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BatchJson : JsonSerializerContext;
