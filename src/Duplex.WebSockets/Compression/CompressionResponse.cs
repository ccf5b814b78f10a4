using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Compression;

/// <summary>A server's answer to a request's Sec-WebSocket-Extensions, and the codecs that follow from it.</summary>
public readonly struct CompressionResponse
{
    private readonly DeflateOptions? _options;
    private readonly DeflateAgreement? _agreement;

    private CompressionResponse(DeflateOptions? options, DeflateNegotiator negotiator)
    {
        _options = options;
        _agreement = negotiator.Agreement;
        Field = negotiator.Response;
    }

    /// <summary>The value of the response's Sec-WebSocket-Extensions field, or null when it must be left out.</summary>
    public string? Field { get; }

    /// <summary>Negotiates.</summary>
    /// <param name="field">The request's field; several are joined by commas. Null when it was not sent.</param>
    /// <param name="options">What the endpoint wants, or null for no compression.</param>
    /// <param name="response">The answer.</param>
    /// <returns>False when the field breaks the grammar: the request must be refused with 400. RFC 6455 section 9.1.</returns>
    public static bool TryCreate(string? field, DeflateOptions? options, out CompressionResponse response)
    {
        var negotiator = new DeflateNegotiator(options);
        var isValid = field is null || negotiator.Read(Encoding.Latin1.GetBytes(field)) == ExtensionFault.None;
        response = isValid ? new CompressionResponse(options, negotiator) : default;
        return isValid;
    }

    /// <summary>Makes the codecs of the connection, which disposes them.</summary>
    /// <returns>False when nothing is compressed.</returns>
    public bool TryCreateCodecs([NotNullWhen(true)] out MessageInflater? inflater, [NotNullWhen(true)] out MessageDeflater? deflater)
    {
        (inflater, deflater) = (null, null);
        if (_options is null || _agreement is not { } agreement) return false;
        inflater = new MessageInflater(Role.Server, agreement);
        deflater = new MessageDeflater(Role.Server, agreement, _options);
        return true;
    }
}
