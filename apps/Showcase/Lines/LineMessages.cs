using System.Text.Json.Serialization;

namespace Showcase.Lines;

/// <summary>The body of a request that opens or changes a line.</summary>
/// <param name="Key">The visitor's key; only when a line is opened.</param>
/// <param name="BytesPerSecond">The rate; null for no limit.</param>
/// <param name="DelayMs">The delay of each direction in milliseconds; null for none.</param>
/// <param name="JitterMs">The maximum random time added to the delay in milliseconds; null for none.</param>
/// <param name="State">Whether the line carries bytes; null for <see cref="LineState.Open"/>.</param>
public sealed record LineRequest(string? Key, int? BytesPerSecond, int? DelayMs, int? JitterMs, LineState? State)
{
    internal LineSettings Settings => new()
    {
        BytesPerSecond = BytesPerSecond,
        Delay = TimeSpan.FromMilliseconds(DelayMs ?? 0),
        Jitter = TimeSpan.FromMilliseconds(JitterMs ?? 0),
        State = State ?? LineState.Open,
    };
}

/// <summary>The result of opening a line.</summary>
/// <param name="Id">The id with which the line is controlled.</param>
/// <param name="Port">The line's port on loopback.</param>
public sealed record OpenedLine(string Id, int Port);

/// <summary>The JSON serialization of the lines' messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, Converters = [typeof(LineStateConverter)])]
[JsonSerializable(typeof(LineRequest))]
[JsonSerializable(typeof(OpenedLine))]
[JsonSerializable(typeof(LineCounts))]
internal sealed partial class LineJson : JsonSerializerContext;

/// <summary>Writes states by name in lower case, and rejects numbers.</summary>
internal sealed class LineStateConverter() : JsonStringEnumConverter<LineState>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
