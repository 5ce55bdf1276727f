# Stand-ins for the commands that read and write files, as far as tests/Pester needs them.

function Get-Content {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [switch] $Raw, [switch] $AsByteStream,
        [Alias('First', 'Head')] [int] $TotalCount = [int]::MaxValue
    )
    process {
        $provider = $null
        $files = @(
            foreach ($one in $Path) { if (FindItem $PSCmdlet $one $false) { $PSCmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($one, [ref]$provider) } }
            foreach ($one in $LiteralPath) { if (FindItem $PSCmdlet $one $true) { $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($one) } }
        )
        foreach ($file in $files) {
            if ($AsByteStream) {
                $bytes = [byte[]][System.Linq.Enumerable]::Take([System.IO.File]::ReadAllBytes($file), $TotalCount)
                if ($Raw) { , $bytes } else { $bytes }
            }
            elseif ($Raw) { [System.IO.File]::ReadAllText($file) }
            else { [System.Linq.Enumerable]::Take([System.IO.File]::ReadLines($file), $TotalCount) }
        }
    }
}

function Set-Content {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'Path')] [string] $Path,
        [Parameter(Mandatory, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string] $LiteralPath,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [AllowNull()] [AllowEmptyCollection()] [object[]] $Value,
        [switch] $NoNewline, [switch] $AsByteStream,
        [ValidateSet('utf8', 'utf8NoBOM')] [string] $Encoding
    )
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { foreach ($one in $Value) { $all.Add($one) } }
    end {
        $file = $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath("$Path$LiteralPath")
        if ($AsByteStream) { [System.IO.File]::WriteAllBytes($file, [byte[]]$all.ToArray()) }
        elseif ($NoNewline) { [System.IO.File]::WriteAllText($file, -join $all) }
        else { [System.IO.File]::WriteAllLines($file, [string[]]$all.ToArray()) }
    }
}

function Get-FileHash {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path,
        [ValidateSet('SHA256')] [string] $Algorithm = 'SHA256'
    )
    process {
        $provider = $null
        foreach ($one in $Path) {
            if (-not (FindItem $PSCmdlet $one $false)) { continue }
            foreach ($file in $PSCmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($one, [ref]$provider)) {
                $hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($file)))
                [pscustomobject]@{ Algorithm = $Algorithm; Hash = $hash; Path = $file }
            }
        }
    }
}

function Import-PowerShellDataFile {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Path)
    $file = $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    $tokens = $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$tokens, [ref]$errors)
    if ($errors) { throw [System.Management.Automation.ParseException]::new($errors) }
    $ast.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}
