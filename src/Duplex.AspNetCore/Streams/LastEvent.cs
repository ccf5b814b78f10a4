using System.Globalization;
using System.Text;
using Duplex.Messaging.Codes;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Prevents an EventSource from reconnecting forever (HTML 9.2.3): it reconnects after every stream that ends, unless the
/// status of the response is not 200. The response to a connection that is refused permanently has such a status. A
/// connection that ends permanently later receives a last event with an id, which the browser sends when it reconnects; the
/// response is then 204.
/// </summary>
internal static class LastEvent
{
    private const string Header = "Last-Event-ID";
    private const string Mark = "end-";

    /// <summary>Returns whether the request is from an EventSource whose connection ended permanently.</summary>
    public static bool IsFinal(HttpRequest request) => request.Headers[Header].ToString().StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Returns the status of the response to a refused client; null if a further attempt may succeed.</summary>
    public static int? StatusOf(Disconnect refusal) =>
        refusal.Code == Disconnects.InvalidToken.Code ? StatusCodes.Status401Unauthorized
        // The URL of an EventSource, and the token in it, do not change.
        : refusal.Code == Disconnects.ConnectionExpired.Code ? StatusCodes.Status401Unauthorized
        : refusal.Code == Disconnects.BadRequest.Code ? StatusCodes.Status400BadRequest
        : IsPermanent(refusal) ? StatusCodes.Status403Forbidden
        : null;

    /// <summary>Returns the frame that follows the push that announces a permanent end: an id without data, which dispatches no event.</summary>
    public static ByteFrame? FrameOf(Disconnect disconnect) => IsPermanent(disconnect)
        ? ByteFrame.Create("id: "u8, Encoding.ASCII.GetBytes(Mark + disconnect.Code.ToString(CultureInfo.InvariantCulture)), "\n\n"u8)
        : null;

    private static bool IsPermanent(Disconnect disconnect) => disconnect.Code is (>= 3500 and < 4000) or (>= 4500 and < 5000);
}
