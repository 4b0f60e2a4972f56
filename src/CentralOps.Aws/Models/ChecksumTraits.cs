namespace CentralOps.Aws.Models;

/// <summary>What an operation says of its requests' checksums.</summary>
/// <param name="Md5">An MD5 of the body is demanded, and nothing newer is known (<c>httpChecksumRequired</c> alone).</param>
/// <param name="AlgorithmMember">The input's member that chooses the algorithm (<c>httpChecksum</c>).</param>
public sealed record ChecksumTraits(bool Md5, string? AlgorithmMember);
