using System.Net.Security;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Hosting;

/// <summary>
/// The certificate that new connections are shown, with its chain. Files are looked at again at a handshake when the last
/// look was some time ago, so that a renewed certificate needs no restart. Safe from any thread.
/// </summary>
internal sealed partial class CertificateSource(TlsSettings settings, TimeProvider time)
{
    /// <summary>Time between two looks at the files.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current = Load(settings);
    private string _stamp = StampOf(settings);
    private long _lookedAt = time.GetTimestamp();

    /// <summary>Where it is logged that files have changed.</summary>
    public ILogger? Logger { get; set; }

    public SslStreamCertificateContext Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookInterval) Look();
            return Volatile.Read(ref _current);
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_lookedAt) < LookInterval) return;
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            var stamp = StampOf(settings);
            if (stamp == _stamp) return;
            _stamp = stamp;
            try
            {
                // What connections are still shown is left to the collector.
                Volatile.Write(ref _current, Load(settings));
                if (Logger is not null) CertificateReplaced(Logger, _current.TargetCertificate.NotAfter);
            }
            catch (UsageException exception)
            {
                // As when the certificate is written and its key is not yet.
                if (Logger is not null) CertificateKept(Logger, exception.Message);
            }
        }
    }

    private static SslStreamCertificateContext Load(TlsSettings settings)
    {
        var chain = settings.Load();
        return SslStreamCertificateContext.Create(chain[0], [.. chain.Skip(1)], offline: true);
    }

    private static string StampOf(TlsSettings settings) =>
        string.Join(' ', settings.Files.Select(static file => new FileInfo(file)).Select(static file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "-"));

    [LoggerMessage(1420, LogLevel.Information, "The certificate was replaced: new connections use the one that is valid until {Until:u}.")]
    private static partial void CertificateReplaced(ILogger logger, DateTime until);

    [LoggerMessage(1421, LogLevel.Warning, "The files of the certificate changed, but the certificate stays: {Reason}")]
    private static partial void CertificateKept(ILogger logger, string reason);
}
