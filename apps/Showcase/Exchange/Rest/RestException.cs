namespace Showcase.Exchange.Rest;

/// <summary>The refusal of a call of the public interface, with a code of docs/protocol/binance.md.</summary>
/// <param name="code">The negative code.</param>
/// <param name="message">The message that is sent.</param>
/// <param name="status">The status of the response.</param>
internal sealed class RestException(int code, string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Code => code;

    public int Status => status;

    public static RestException Missing(string name) => new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static RestException Illegal(string name, string range) => new(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    public static RestException Invalid(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static RestException Combination() => new(-1128, "Combination of optional parameters invalid.");

    public static RestException UnknownSymbol() => new(-1121, "Invalid symbol.");

    public static RestException Unsupported(int status) => new(-1020, "This operation is not supported.", status);

    public static RestException Overloaded() =>
        new(-1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", StatusCodes.Status503ServiceUnavailable);
}
