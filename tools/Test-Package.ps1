#requires -Version 7.6
<#
.SYNOPSIS
    Installs the package of this platform as a user would, and uses and updates it.
.DESCRIPTION
    In a home of its own, empty, without NuGet's package cache: Install-PSResource from the folder that build.ps1 -Task Package filled, Import-Module in a new
    session, a prediction of a photo that came along, and Update-PSResource to a next version. Ends with an error if anything of that fails.
.PARAMETER Folder
    The folder with the package, output/<runtime>.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
$folder = (Resolve-Path $Folder).Path
$place = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "cnnvis-$([guid]::NewGuid())")
# As a tool of dotnet's, PowerShell is a file that dotnet runs.
$program = (Get-Process -Id $PID).Path
$pwsh = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? @($program, (Join-Path $PSHOME pwsh.dll)) : @($program)
$kept = @{}

# A session of its own in the empty home; what it writes comes back, and its failure is one here.
function Invoke-AtHome([string] $Script) {
    $text = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script"
    $result = & $pwsh[0] @($pwsh | Select-Object -Skip 1) -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text)))
    if ($LASTEXITCODE -ne 0) { throw "It failed: $Script" }
    $result
}

function Assert([bool] $Holds, [string] $What) {
    if (-not $Holds) { throw "Not so: $What" }
    "yes: $What"
}

try {
    foreach ($name in 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'NUGET_PACKAGES', 'PSModulePath', 'CNNVIS_HOME', 'CNNVIS_OPTIONS') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }
    $env:HOME = $env:USERPROFILE = $place.FullName
    $env:APPDATA = $env:LOCALAPPDATA = Join-Path $place 'data'
    $env:NUGET_PACKAGES = Join-Path $place 'packages'
    $null = New-Item -ItemType Directory $env:APPDATA, $env:NUGET_PACKAGES -Force
    $repository = Copy-Item (Join-Path $folder '*.nupkg') (New-Item -ItemType Directory (Join-Path $place 'repository')) -PassThru | ForEach-Object DirectoryName

    $version = Invoke-AtHome "Register-PSResourceRepository local -Uri '$repository' -Trusted; Install-PSResource CnnVis -Repository local -TrustRepository; (Get-InstalledPSResource CnnVis).Version.ToString()"
    $version = "$version".Trim()
    Assert ($version -match '^\d+\.\d+\.\d+') "Install-PSResource installed version $version"

    $use = 'Import-Module CnnVis; $module = Get-Module CnnVis; $photo = Join-Path $module.ModuleBase examples photos chelsea.png'
    $answers = Invoke-AtHome "$use; `$module.ModuleBase; (Get-CnnPrediction `$photo).Class; (Get-Help Get-CnnPrediction).Synopsis; `$module.PrivateData.PSData.Tags -join ' '; @(`$module.FileList | Where-Object { -not (Test-Path `$_) }).Count"
    Assert ($answers[0].StartsWith($place.FullName)) 'it is imported from the empty home'
    Assert ($answers[1] -eq 'tabby cat') 'it sees a tabby cat in the photo that came along'
    Assert ($answers[2] -like 'Says what a network sees*') 'it has its help'
    Assert ($answers[3] -match 'Linux|Windows|MacOS' -and $answers[3] -notmatch 'Linux.*Windows') "it is tagged for one platform: $($answers[3])"
    Assert ($answers[4] -eq '0') 'every file of its list is there'

    # The next version beside the first: the same files, another number.
    $next = Join-Path $place 'next' 'CnnVis'
    Copy-Item $answers[0] $next -Recurse
    $number = [version]::new(([version] $version).Major, ([version] $version).Minor, ([version] $version).Build + 1)
    $manifest = Join-Path $next 'CnnVis.psd1'
    [IO.File]::WriteAllText($manifest, ([IO.File]::ReadAllText($manifest) -replace "(?m)^(\s*ModuleVersion\s*=\s*')[^']+", "`${1}$number"))
    $null = Invoke-AtHome "Publish-PSResource -Path '$next' -Repository local -SkipModuleManifestValidate"
    $answers = Invoke-AtHome "Update-PSResource CnnVis -Repository local -TrustRepository; $use; `$module.Version.ToString(); (Get-CnnPrediction `$photo).Class"
    Assert ($answers[0] -eq "$number" -and $answers[1] -eq 'tabby cat') "Update-PSResource brought $number, and it works"
    'The package is all right.'
}
finally {
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
    Remove-Item $place -Recurse -Force -ErrorAction Ignore
}
