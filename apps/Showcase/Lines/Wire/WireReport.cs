using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Lines.Wire;

/// <summary>What the captured bytes of a connection are: its handshake and its frames. Positions count from the connection's first byte.</summary>
/// <param name="Connection">The number of the connection, from 1 in the order in which the line opened them.</param>
/// <param name="Request">The head of the request; null while it is incomplete or when it was not read.</param>
/// <param name="Response">The head of the response, in the same way.</param>
/// <param name="Accept">The computation of the accept key; null without a key in the request.</param>
/// <param name="Up">The bytes from the client to the server.</param>
/// <param name="Down">The bytes from the server to the client.</param>
internal sealed record WireReport(long Connection, WireHead? Request, WireHead? Response, WireAccept? Accept, WireDirection Up, WireDirection Down);

/// <summary>The JSON serialization of the report, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WireReport))]
internal sealed partial class WireJson : JsonSerializerContext;
