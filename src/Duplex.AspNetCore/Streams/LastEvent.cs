using System.Globalization;
using System.Text;
using Duplex.Messaging.Codes;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Keeps an EventSource from coming back for ever (HTML 9.2.3): it returns after every stream that ends, unless the
/// answer is another status than 200. A connection that is refused for good gets such a status; one that is ended for
/// good later is marked by the id of its last event, which the browser shows when it returns, and is then answered with 204.
/// </summary>
internal static class LastEvent
{
    private const string Header = "Last-Event-ID";
    private const string Mark = "end-";

    /// <summary>Whether the request is that of an EventSource whose connection was ended for good.</summary>
    public static bool IsFinal(HttpRequest request) => request.Headers[Header].ToString().StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The status for a client whose connection is refused; null where coming back may help.</summary>
    public static int? StatusOf(Disconnect refusal) =>
        refusal.Code == Disconnects.InvalidToken.Code ? StatusCodes.Status401Unauthorized
        // The address of an EventSource, and the token in it, stay the same.
        : refusal.Code == Disconnects.ConnectionExpired.Code ? StatusCodes.Status401Unauthorized
        : refusal.Code == Disconnects.BadRequest.Code ? StatusCodes.Status400BadRequest
        : IsForGood(refusal) ? StatusCodes.Status403Forbidden
        : null;

    /// <summary>What follows the push that announces the end: an id alone, which makes no event.</summary>
    public static ByteFrame? FrameOf(Disconnect disconnect) => IsForGood(disconnect)
        ? ByteFrame.Create("id: "u8, Encoding.ASCII.GetBytes(Mark + disconnect.Code.ToString(CultureInfo.InvariantCulture)), "\n\n"u8)
        : null;

    private static bool IsForGood(Disconnect disconnect) => disconnect.Code is (>= 3500 and < 4000) or (>= 4500 and < 5000);
}
