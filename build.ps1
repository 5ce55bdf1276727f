#requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests and packages CnnVis.
.DESCRIPTION
    Needs the .NET 10 SDK. Works from any folder; the exit code is not 0 when something fails.
.PARAMETER Task
    Build:   the module into bin/, where CnnVis.psd1 finds it (the default).
    Test:    all xunit projects, which also run tests/Pester by Pester.
    Pester:  tests/Pester in this PowerShell.
    Package: the module, complete and on its own, into output/<runtime>/CnnVis/<version>, and as a package of PSResourceGet into output/<runtime>.
    Site:    the documentation as a site, into output/site; a link that leads nowhere is an error.
    Coverage: how much of each reader of foreign files tests/Fuzz and the readers' tests reach; less than 80 % of the lines is an error.
    Bench:   the benchmarks; one JSON line a measurement.
    Lock:    writes the packages' lock files anew, for every platform.
    Release: sets the version in the manifest, dates the changelog, commits and tags.
.PARAMETER Runtime
    The platform to build for: linux-x64, win-x64 or osx-arm64. Left out, it is this one.
.PARAMETER PesterVersion
    The version of Pester for the task Pester, which NuGet brings. Left out, it is that of the task Test.
.PARAMETER ProjectUri
    The address of the project, for the task Package. Left out, it is that of the remote 'origin', or in a GitHub workflow the repository's.
.PARAMETER Version
    The version of the task Release.
.EXAMPLE
    ./build.ps1
    Import-Module ./CnnVis.psd1
.EXAMPLE
    ./build.ps1 -Task Package -Runtime win-x64
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Site', 'Coverage', 'Bench', 'Lock', 'Release')]
    [string] $Task = 'Build',

    [ValidateSet('linux-x64', 'win-x64', 'osx-arm64')]
    [string] $Runtime,

    [version] $PesterVersion,

    [uri] $ProjectUri,

    [version] $Version
)

$ErrorActionPreference = 'Stop'
$manifest = Join-Path $PSScriptRoot 'CnnVis.psd1'

function Invoke-DotNet {
    $options = @(if ($Runtime) { "-p:CnnVisRuntime=$Runtime" })
    # Options of the build stand before those of the program that is run.
    $verb, [string[]] $rest = $args
    & dotnet $verb @options @rest
    if ($LASTEXITCODE -ne 0) { throw "dotnet $verb failed with exit code $LASTEXITCODE." }
}

function Build-Module { Invoke-DotNet build "$PSScriptRoot/src/CnnVis.PowerShell" --nologo }

function Test-Solution { Invoke-DotNet test "$PSScriptRoot/CnnVis.PowerShell.sln" --nologo }

function Test-Module {
    Build-Module
    $project = "$PSScriptRoot/tests/CnnVis.PowerShell.Tests"
    $version = @(if ($PesterVersion) { "-p:PesterVersion=$PesterVersion" })
    Invoke-DotNet restore $project @version
    Import-Module (dotnet msbuild $project @version -getProperty:PesterManifest)
    $result = Invoke-Pester "$PSScriptRoot/tests/Pester" -PassThru
    if ($result.Result -ne 'Passed') { throw "Of $($result.TotalCount) Pester tests, $($result.FailedCount) failed." }
}

# The manifest as it is, whether or not anything is built.
function Get-ModuleVersion { [version] (Import-PowerShellDataFile $manifest).ModuleVersion }

# This machine's platform, by the names that are built for.
function Get-OwnRuntime { $IsWindows ? 'win-x64' : $IsMacOS ? 'osx-arm64' : 'linux-x64' }

# The project's address without its .git; nothing where none is known.
function Get-ProjectUri {
    if ($ProjectUri) { return $ProjectUri }
    if ($env:GITHUB_REPOSITORY) { return "$($env:GITHUB_SERVER_URL ?? 'https://github.com')/$env:GITHUB_REPOSITORY" }
    $origin = git -C $PSScriptRoot remote get-url origin 2>$null
    if ($origin -match '^git@([^:]+):(.+?)(\.git)?$') { return "https://$($Matches[1])/$($Matches[2])" }
    if ($origin -match '^(https://[^@]+?)(\.git)?$') { $Matches[1] }
}

# What the changelog says of a version.
function Get-ReleaseNote([version] $Of) {
    $text = [IO.File]::ReadAllText("$PSScriptRoot/CHANGELOG.md")
    if ($text -match "(?ms)^## \[$([regex]::Escape($Of))\][^\n]*\n(.*?)(?=^## |\z)") { $Matches[1].Trim() } else { 'See CHANGELOG.md.' }
}

# The clone's manifest with what belongs to one package: its platform's tags, its files, addresses and notes.
function Write-PackageManifest([string] $Target, [string] $Platform) {
    $tag = @{ 'linux-x64' = 'Linux'; 'win-x64' = 'Windows'; 'osx-arm64' = 'MacOS' }[$Platform]
    $files = Get-ChildItem $Target -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Target, $_.FullName).Replace('\', '/') } | Sort-Object
    $project = Get-ProjectUri
    if (-not $project) { Write-Warning 'No address of the project is known, so that the package names none, and no icon: -ProjectUri says it.' }
    $quoted = { "'" + ("$args" -replace "'", "''") + "'" }
    $own = @("Tags = @('CNN', 'ConvolutionalNetwork', 'Visualization', 'DeepLearning', 'MachineLearning', 'ONNX', 'PSEdition_Core', '$tag', '$($Platform.Split('-')[1])')")
    $own += "LicenseUri = 'https://opensource.org/license/mit'"
    if ($project) { $own += "ProjectUri = $(& $quoted $project)", "IconUri = $(& $quoted "$project/raw/main/docs/pictures/icon.png")" }
    $own += "ReleaseNotes = $(& $quoted (Get-ReleaseNote (Get-ModuleVersion)))"
    $text = [IO.File]::ReadAllText($manifest)
    $data = $text.IndexOf('    PrivateData')
    $list = (@($files) + 'CnnVis.psd1' | Sort-Object -Unique | ForEach-Object { "        $(& $quoted $_)" }) -join "`n"
    [IO.File]::WriteAllText("$Target/CnnVis.psd1", $text.Substring(0, $data) + "    FileList             = @(`n$list`n    )`n`n    PrivateData          = @{`n        PSData = @{`n            " + ($own -join "`n            ") + "`n        }`n    }`n}`n")
    $null = Test-ModuleManifest "$Target/CnnVis.psd1"
}

function Export-Module {
    if (-not $Runtime) { $script:Runtime = Get-OwnRuntime }
    $folder = Join-Path $PSScriptRoot output $Runtime
    # From nothing, so that no other platform's library and no file of an earlier build comes along; the clone's own bin stays what it is.
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    Invoke-DotNet build "$PSScriptRoot/src/CnnVis.PowerShell" --nologo "-p:ModuleFolder=$folder/build/"
    $target = Join-Path $folder CnnVis (Get-ModuleVersion)

    # The engine takes the contracts from the module, and is found without the files that describe it to dotnet.
    $built = Get-ChildItem "$folder/build" -Recurse -File | Where-Object { $_.FullName -notlike '*engine?CnnVis.Contracts.dll' } |
        Where-Object { $_.FullName -like "*en-US*" -or $_.Extension -notin '.pdb', '.xml' -and $_.Name -notlike '*.deps.json' -and $_.Name -notlike '*.runtimeconfig.json' }
    $own = 'LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'examples/photos/chelsea.png', 'examples/photos/rocket.jpg', 'examples/photos/README.md' | ForEach-Object { Get-Item "$PSScriptRoot/$_" }
    foreach ($part in @{ From = "$folder/build"; Files = $built }, @{ From = $PSScriptRoot; Files = $own }) {
        foreach ($file in $part.Files) {
            $copy = Join-Path $target ([IO.Path]::GetRelativePath($part.From, $file.FullName))
            $null = New-Item (Split-Path $copy) -ItemType Directory -Force
            Copy-Item $file.FullName $copy
        }
    }
    Write-PackageManifest $target $Runtime
    Remove-Item "$folder/build" -Recurse -Force
    Publish-Folder $target $folder
    $package = Get-ChildItem $folder -Filter *.nupkg
    if ($package.Length -gt 250MB) { throw "$($package.Name) has $([int]($package.Length / 1MB)) MB, more than the 250 that the PowerShell Gallery takes." }
    "CnnVis for $Runtime is in $target, and packed in $($package.FullName) ($([int]($package.Length / 1MB)) MB). Import-Module `"$target`" uses it there; Install-PSResource takes the package from its folder."
}

# Packs a module into a folder, which then is a repository of PSResourceGet.
function Publish-Folder([string] $Module, [string] $To) {
    Import-Module Microsoft.PowerShell.PSResourceGet
    $name = "CnnVis-$([guid]::NewGuid())"
    Register-PSResourceRepository $name -Uri $To -Trusted
    try { Publish-PSResource -Path $Module -Repository $name -SkipModuleManifestValidate } finally { Unregister-PSResourceRepository $name }
}

function Export-Site {
    Build-Module
    & "$PSScriptRoot/tools/New-Site.ps1"
}

function Measure-Coverage {
    $results = Join-Path $PSScriptRoot output coverage
    if (Test-Path $results) { Remove-Item $results -Recurse -Force }
    $readers = 'Models.Onnx', 'Models.Exported', 'Models.Weights', 'Models.ForeignMetadata', 'Models.InputLayout', 'Models.ExporterHabits', 'Models.GraphCompletion', 'Images', 'Tables', 'Codes', 'Scans', 'Graphs'
    $filter = ($readers | ForEach-Object { "FullyQualifiedName~CnnVis.Engine.Tests.$_" }) -join '|'
    # One after the other: builds may link one engine into all outputs, and coverlet writes into it while tests run.
    $collect = '--nologo', '--collect', 'XPlat Code Coverage;Include=[CnnVis.Engine]*', '--results-directory', $results
    Invoke-DotNet test "$PSScriptRoot/tests/Fuzz" @collect
    Invoke-DotNet test "$PSScriptRoot/tests/CnnVis.Engine.Tests" --filter $filter @collect
    & "$PSScriptRoot/tools/Measure-ReaderCoverage.ps1" $results
}

function Measure-Speed { Invoke-DotNet run --project "$PSScriptRoot/benchmarks/CnnVis.Benchmarks" }

function Update-Lock {
    foreach ($platform in 'linux-x64', 'win-x64', 'osx-arm64') {
        dotnet restore "$PSScriptRoot/CnnVis.PowerShell.sln" --nologo --force-evaluate "-p:CnnVisRuntime=$platform"
        if ($LASTEXITCODE -ne 0) { throw "dotnet restore for $platform failed with exit code $LASTEXITCODE." }
    }
}

function Publish-Version {
    if (-not $Version) { throw 'Say which: -Version 0.2.0' }
    if (git -C $PSScriptRoot status --porcelain) { throw 'Commit or put away what is changed first: a release is of what is committed.' }
    if ($Version -lt (Get-ModuleVersion)) { throw "$Version is older than the manifest's version." }
    $changes = "$PSScriptRoot/CHANGELOG.md"
    $text = [IO.File]::ReadAllText($changes)
    $dated = $text -replace '(?m)^## \[[\d.]+\] - Unreleased$', "## [$Version] - $(Get-Date -Format yyyy-MM-dd)"
    if ($dated -ceq $text) { throw 'CHANGELOG.md has no section "## [x.y.z] - Unreleased" to date.' }
    [IO.File]::WriteAllText($changes, $dated)
    [IO.File]::WriteAllText($manifest, ([IO.File]::ReadAllText($manifest) -replace "(?m)^(\s*ModuleVersion\s*=\s*')[^']+", "`${1}$Version"))
    git -C $PSScriptRoot commit --quiet --all --message "Release $Version"
    git -C $PSScriptRoot tag "v$Version"
    "$Version is committed and tagged. Push both: git push --follow-tags"
}

try {
    switch ($Task) {
        Build { Build-Module }
        Test { Test-Solution }
        Pester { Test-Module }
        Package { Export-Module }
        Site { Export-Site }
        Coverage { Measure-Coverage }
        Bench { Measure-Speed }
        Lock { Update-Lock }
        Release { Publish-Version }
    }
} catch {
    [Console]::Error.WriteLine("build.ps1 -Task ${Task}: $_")
    exit 1
}
